using System.CommandLine;
using System.Text.Json.Nodes;
using Lantai.Cli.Arguments;
using Lantai.Cli.Commands.Inspections;
using Lantai.Cli.Commands.Registers;
using Lantai.Ingest;
using Lantai.Inspection;
using Lantai.StoreFormat;

namespace Lantai.Cli.Commands.Cases;

/// <summary>Receipts of archived cases, as answers hold them.</summary>
internal static class CaseReceipts
{
    public static JsonObject Describe(CaseReceipt receipt) => new()
    {
        ["source"] = receipt.Source,
        ["number"] = receipt.Number,
        ["record"] = receipt.RecordCode,
        ["code"] = receipt.ReferenceCode,
        ["package"] = "sha256:" + receipt.Package,
        ["time"] = StoreTime.Write(receipt.At),
        ["report"] = receipt.Report,
        ["aip"] = receipt.Aip.ToString("D"),
        ["version"] = receipt.Version,
        ["sequence"] = receipt.Sequence,
    };
}

/// <summary>Shows the receipt of an archived case, and of each further version of its content, or writes it as the paper that its source gets (归档回执).</summary>
internal sealed class CaseReceiptCommand : CliCommand
{
    private Argument<string?> _case = null!;
    private Option<string?> _out = null!;

    public override string Name => "case receipt";

    public override Task<int> RunAsync(CommandContext context)
    {
        var said = context.Parsed.GetValue(_case)!;
        var c = CaseAnswer.Find(context, said);
        List<CaseReceipt> receipts = [.. c.Versions.Select(v => CaseReceipt.Of(c, v)).OfType<CaseReceipt>()];
        if (receipts.Count == 0)
        {
            throw new WrongUseException("usage.case.none", ("what", said));
        }

        if (context.Value(_out) is not null)
        {
            Papers.Give(context, _out, ArchivingReceipt.Make(c.Source, context.World.Time.GetUtcNow(), receipts.Select(Archived)));
        }

        return RegisterAnswer.List(
            context, "receipts", ["code", "record", "version", "report", "package"],
            [.. receipts.Select(CaseReceipts.Describe).Select(r => (new[] { Text(r, "code"), Text(r, "record"), Text(r, "version"), Text(r, "report"), Text(r, "package") }, r))]);
    }

    protected override void Declare(Command command)
    {
        _case = Argument(command, "case", "SOURCE/NUMBER");
        _out = Text(command, "--out", "FILE");
    }

    private static ArchivedCase Archived(CaseReceipt r) =>
        new(r.Number, r.RecordCode, r.ReferenceCode, "sha256:" + r.Package, r.At, r.Report, r.Aip, r.Version, r.Sequence);

    private static string Text(JsonObject receipt, string name) => receipt[name]?.ToString() ?? "";
}
