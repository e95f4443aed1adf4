using System.CommandLine;
using System.Text.Json.Nodes;
using Lantai.Cli.Arguments;
using Lantai.Cli.Output;
using Lantai.StoreFormat;

namespace Lantai.Cli.Commands.Signatures;

/// <summary>Judges the signatures of a received file by what is given, without any store and without asking anybody.</summary>
internal sealed class SignatureVerifyCommand : CliCommand
{
    private Argument<string?> _file = null!;
    private Option<string?> _content = null!;
    private Option<string[]> _trust = null!;
    private Option<string[]> _lists = null!;
    private Option<string[]> _answers = null!;
    private Option<string[]> _stamps = null!;
    private Option<string?> _evidence = null!;

    public override string Name => "signature verify";

    public override StoreUse Use => StoreUse.None;

    public override Task<int> RunAsync(CommandContext context)
    {
        var (report, said) = (context.Report, context.Parsed.GetValue(_file)!);
        var given = new GivenEvidence(context);
        var question = given.Question(_trust, _lists, _answers, _stamps);
        var content = context.Value(_content) is { Length: > 0 } beside ? GivenEvidence.ReadBytes(context, beside) : default(ReadOnlyMemory<byte>?);
        var file = SignedFile.Read(GivenEvidence.Read(context, said), said, out var problem);
        if (file is null)
        {
            report.Tell(problem!);
        }

        if (file is null || !given.IsReadable)
        {
            report.Trouble("unreadable", "trouble.signature", ("path", said));
            return Task.FromResult(2);
        }

        var records = Records(context, file.Count);
        var judged = file.Judge(content, question);
        context.Stop.ThrowIfCancellationRequested();
        for (var i = 0; i < judged.Count; i++)
        {
            judged[i].Tell(report, i + 1);
        }

        report.Tell(file.Findings);
        Write(report, records, judged);
        var counting = judged.Count(j => j.Counts);
        var isGood = judged.Count > 0 && counting == judged.Count;
        report.Say(
            judged.Count == 0 ? "signature.none" : isGood ? "signature.good" : "signature.bad", ("path", said), ("kind", report.Speech.Say("piece." + file.Kind)),
            ("count", Amounts.Count(judged.Count)), ("valid", Amounts.Count(counting)));
        if (question.Anchors.Count == 0)
        {
            report.Say("signature.untrusted");
        }

        report.Set("kind", file.Kind);
        report.Set("good", isGood);
        report.Set("trusted", question.Anchors.Count);
        report.Set("signatures", new JsonArray([.. judged.Select(j => (JsonNode)j.Describe(report.Speech))]));
        return Task.FromResult(isGood && !report.HasErrors ? 0 : 1);
    }

    protected override void Declare(Command command)
    {
        _file = Argument(command, "file", "FILE");
        _content = Text(command, "--content", "FILE");
        _trust = Texts(command, "--trust", "CERTS…");
        _lists = Texts(command, "--crl", "FILE…");
        _answers = Texts(command, "--ocsp", "FILE…");
        _stamps = Texts(command, "--time-stamp", "FILE…");
        _evidence = Text(command, "--evidence", "OUT");
    }

    /// <summary>Where the records go, one for each signature; none when none are asked for.</summary>
    /// <exception cref="WrongUseException">Something lies there already.</exception>
    private List<string> Records(CommandContext context, int count)
    {
        if (context.Value(_evidence) is not { Length: > 0 } said)
        {
            return [];
        }

        var path = context.PathOf(said);
        var (start, ending) = (Path.Combine(Path.GetDirectoryName(path) ?? "", Path.GetFileNameWithoutExtension(path)), Path.GetExtension(path));
        List<string> paths = count == 1 ? [path] : [.. Enumerable.Range(1, count).Select(i => $"{start}-{i}{ending}")];
        return paths.Find(Path.Exists) is { } there ? throw new WrongUseException("usage.signature.exists", ("path", there)) : paths;
    }

    private static void Write(Report report, List<string> records, IReadOnlyList<JudgedSignature> judged)
    {
        foreach (var (path, one) in records.Zip(judged))
        {
            using (var target = new FileStream(path, FileMode.CreateNew, FileAccess.Write))
            {
                target.Write(SignatureEvidenceForm.Write(one.Evidence));
            }

            report.Say("signature.kept", ("path", path));
        }

        if (records.Count > 0)
        {
            report.Set("evidence", new JsonArray([.. records.Select(r => (JsonNode)r)]));
        }
    }
}
