using System.CommandLine;
using Lantai.Access;
using Lantai.Cli.Arguments;
using Lantai.Cli.Output;

namespace Lantai.Cli.Commands;

/// <summary>Checks a package without any store.</summary>
internal sealed class DipVerifyCommand : CliCommand
{
    private Argument<string?> _path = null!;
    private Option<string?> _key = null!;

    public override string Name => "dip verify";

    public override StoreUse Use => StoreUse.None;

    public override Task<int> RunAsync(CommandContext context)
    {
        var path = context.PathOf(context.Parsed.GetValue(_path)!);
        if (!Path.Exists(path))
        {
            throw new WrongUseException("usage.path", ("path", path));
        }

        var (report, key) = (context.Report, context.KeyFrom(_key));
        report.Progress.Start();
        var done = DipVerification.Verify(path, key, (files, bytes) => report.Progress.Report(files, bytes, null, null, null, ""), context.Stop);
        report.Tell(done.Findings);
        var isProven = done.IsProven && !report.HasErrors;
        report.Say(isProven ? key is null ? "package.self" : "package.proven" : "package.unproven", ("path", path), ("files", Amounts.Count(done.Files)), ("bytes", Amounts.Bytes(done.Bytes)));
        if (isProven && done.Record is { } record)
        {
            report.Say("package.what", ("aip", record.Aip), ("version", record.Version), ("time", Amounts.Time(record.Time)), ("origin", done.Proof!.Origin));
            report.Set("aip", record.Aip?.ToString("D"));
            report.Set("version", record.Version);
            report.Set("ingested", StoreFormat.StoreTime.Write(record.Time));
            report.Set("origin", done.Proof.Origin);
        }

        if (isProven && DipVerification.CertificateOf(path) is var (certificate, code))
        {
            report.Say("package.certificate", ("code", code), ("reference", certificate.Facts.ReferenceCode), ("archive", certificate.Facts.Archive), ("agency", certificate.Facts.Agency ?? ""), ("time", Amounts.Time(certificate.Issued)));
            report.Set("certificate", code);
            report.Set("referenceCode", certificate.Facts.ReferenceCode);
            report.Set("archive", certificate.Facts.Archive);
        }

        report.Set("proven", isProven);
        report.Set("keyFromOutside", key is not null);
        report.Set("files", done.Files);
        report.Set("bytes", done.Bytes);
        return Task.FromResult(isProven ? 0 : 1);
    }

    protected override void Declare(Command command)
    {
        _path = Argument(command, "path", "PATH");
        _key = Text(command, "--key", "VKEY|FILE");
    }
}
