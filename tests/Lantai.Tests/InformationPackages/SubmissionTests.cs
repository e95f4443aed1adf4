using System.IO.Compression;
using System.Text;
using Lantai.Containers;
using Lantai.InformationPackages;
using Lantai.Tests.Containers;
using Lantai.Words;

namespace Lantai.Tests.InformationPackages;

public sealed class SubmissionTests : IDisposable
{
    private readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public void A_folder_and_its_zip_have_the_same_entries()
    {
        foreach (var name in new[] { "case/b-x", "case/b/c", "case/申请.txt", "case/a" })
        {
            _ = _scratch.Write(name, name);
        }

        _ = Directory.CreateDirectory(Path.Combine(_scratch.Path, "case/empty"));
        ZipFile.CreateFromDirectory(Path.Combine(_scratch.Path, "case"), Path.Combine(_scratch.Path, "case.zip"));

        using var folder = _scratch.Open("case", out var folderFindings);
        using var zip = _scratch.Open("case.zip", out var zipFindings);

        Assert.Empty(folderFindings);
        Assert.Empty(zipFindings);
        Assert.Equal(folder!.Entries.Select(e => (e.Name, e.Kind, e.Length)), zip!.Entries.Select(e => (e.Name, e.Kind, e.Length)));
        Assert.Equal(folder.Entries.Select(e => e.Name).Order(), folder.Entries.Select(e => e.Name));
        Assert.Equal(("case", "case", SubmissionForm.Folder), (folder.Name, folder.DefaultId, folder.Form));
        Assert.Equal(("case.zip", "case", SubmissionForm.Zip), (zip.Name, zip.DefaultId, zip.Form));
        Assert.Null(folder.Container);
        Assert.Equal(new FileInfo(Path.Combine(_scratch.Path, "case.zip")).Length, zip.Container!.Length);
        using var container = zip.OpenContainer();
        Assert.Equal('P', container.ReadByte());
    }

    [Fact]
    public void A_file_that_is_no_container_is_a_submission_of_one_file()
    {
        _ = _scratch.Write("report.pdf", "content");

        using var submission = _scratch.Open("report.pdf", out var findings);

        Assert.Empty(findings);
        Assert.Equal(SubmissionForm.File, submission!.Form);
        Assert.Equal("report.pdf", submission.DefaultId);
        var entry = Assert.Single(submission.Entries);
        using var reader = new StreamReader(entry.OpenRead());
        Assert.Equal("content", reader.ReadToEnd());
        Assert.Null(submission.CheckUnchanged());
    }

    [Fact]
    public void What_is_not_there_is_a_finding()
    {
        Assert.Null(_scratch.Open("nowhere/at/all", out var far));
        Assert.Null(_scratch.Open("nowhere", out var near));

        Assert.Equal("SIP-001", Assert.Single(far).Code);
        Assert.Equal("SIP-007", Assert.Single(near).Code);
    }

    [Fact]
    public void A_submission_without_a_file_is_refused()
    {
        _ = Directory.CreateDirectory(Path.Combine(_scratch.Path, "case/empty"));
        _ = _scratch.Write("empty.zip", HandMadeZip.Make());

        Assert.Null(_scratch.Open("case", out var folder));
        Assert.Null(_scratch.Open("empty.zip", out var zip));

        Assert.Equal("SIP-002", Assert.Single(folder).Code);
        Assert.Equal("SIP-002", Assert.Single(zip).Code);
    }

    [Fact]
    public void Two_files_of_one_name_are_refused() => RefusedZip("SIP-003", "a", "b", "a");

    [Fact]
    public void A_name_that_is_file_and_folder_is_refused() => RefusedZip("SIP-009", "a", "a-x", "a/b");

    [Fact]
    public void Links_in_a_zip_are_refused()
    {
        _ = _scratch.Write("t.zip", HandMadeZip.Make(new HandMadeEntry("a"u8.ToArray(), "/etc/passwd"u8.ToArray()) { Attributes = 0xA1FF_0000 }));

        Assert.Null(_scratch.Open("t.zip", out var findings));
        Assert.Contains(findings, f => f.Code == "ZIP-015");
    }

    [Fact]
    public void Names_that_other_systems_mix_up_are_reported()
    {
        _ = _scratch.Write("case/Report.pdf", "1");
        _ = _scratch.Write("case/report.PDF", "2");
        _ = _scratch.Write("case/N\u00FAez", "3");
        _ = _scratch.Write("case/Nu\u0301ez", "4");

        using var submission = _scratch.Open("case", out var findings);

        Assert.NotNull(submission);
        Assert.Equal(2, findings.Count(f => f.Code == "SIP-004" && f.Severity == Severity.Warning));
        Assert.Equal(4, submission.Entries.Count());
    }

    [Fact]
    public void A_name_too_long_for_a_folder_is_reported()
    {
        _ = _scratch.Write("t.zip", HandMadeZip.Make(new HandMadeEntry(Encoding.UTF8.GetBytes("a/" + new string('x', 256)), [1])));

        using var submission = _scratch.Open("t.zip", out var findings);

        Assert.NotNull(submission);
        Assert.Equal("SIP-006", Assert.Single(findings).Code);
    }

    [Fact]
    public void A_file_changed_while_being_read_is_noticed()
    {
        var file = _scratch.Write("case/a", "before");
        using var submission = _scratch.Open("case", out _);
        var entry = submission!.Entries.Single();
        using (var content = entry.OpenRead())
        {
            _ = content.ReadByte();
            File.AppendAllText(file, "after");
        }

        Assert.Equal("SIP-010", entry.CheckUnchanged()!.Code);
    }

    [Fact]
    public void A_file_that_comes_later_is_noticed()
    {
        _ = _scratch.Write("case/a", "1");
        using var submission = _scratch.Open("case", out _);
        Assert.Single(submission!.Entries);
        Assert.Null(submission.CheckUnchanged());

        _ = _scratch.Write("case/b", "2");
        Assert.Equal(2, submission.Entries.Count());

        Assert.Equal("SIP-013", submission.CheckUnchanged()!.Code);
    }

    private void RefusedZip(string code, params string[] names)
    {
        _ = _scratch.Write("t.zip", HandMadeZip.Make([.. names.Select(n => new HandMadeEntry(Encoding.UTF8.GetBytes(n), [1]))]));

        Assert.Null(_scratch.Open("t.zip", out var findings));
        Assert.Equal(code, Assert.Single(findings).Code);
    }
}
