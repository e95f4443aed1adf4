using System.CommandLine;
using System.Text.Json.Nodes;
using Lantai.Cli.Arguments;
using Lantai.Cli.Commands.Registers;
using Lantai.Ingest;
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

/// <summary>Shows the receipt of an archived case, and of each further version of its content.</summary>
internal sealed class CaseReceiptCommand : CliCommand
{
    private Argument<string?> _case = null!;

    public override string Name => "case receipt";

    public override Task<int> RunAsync(CommandContext context)
    {
        var said = context.Parsed.GetValue(_case)!;
        var c = CaseAnswer.Find(context, said);
        var receipts = c.Versions.Select(v => CaseReceipt.Of(c, v)).OfType<CaseReceipt>().Select(CaseReceipts.Describe).ToList();
        return receipts.Count == 0
            ? throw new WrongUseException("usage.case.none", ("what", said))
            : RegisterAnswer.List(
                context, "receipts", ["code", "record", "version", "report", "package"],
                [.. receipts.Select(r => (new[] { Text(r, "code"), Text(r, "record"), Text(r, "version"), Text(r, "report"), Text(r, "package") }, r))]);
    }

    protected override void Declare(Command command) => _case = Argument(command, "case", "SOURCE/NUMBER");

    private static string Text(JsonObject receipt, string name) => receipt[name]?.ToString() ?? "";
}
