using System.CommandLine;
using System.Text.Json.Nodes;
using Lantai.Cli.Arguments;
using Lantai.Cli.Commands.Registers;
using Lantai.Cli.Output;
using Lantai.Ingest;
using Lantai.Inspection;
using Lantai.RecordsManagement;
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
    private Option<string?> _out = null!;

    public override string Name => "case receipt";

    public override Task<int> RunAsync(CommandContext context)
    {
        var said = context.Parsed.GetValue(_case)!;
        var c = CaseAnswer.Find(context, said);
        var given = c.Versions.Select(v => CaseReceipt.Of(c, v)).OfType<CaseReceipt>().ToList();
        if (given.Count == 0)
        {
            throw new WrongUseException("usage.case.none", ("what", said));
        }

        if (context.Value(_out) is { } file)
        {
            ReportFile.Write(context, _out.Name, file, Paper(context, c, given), gb18030: false);
        }

        var receipts = given.Select(CaseReceipts.Describe).ToList();
        return RegisterAnswer.List(
            context, "receipts", ["code", "record", "version", "report", "package"],
            [.. receipts.Select(r => (new[] { Text(r, "code"), Text(r, "record"), Text(r, "version"), Text(r, "report"), Text(r, "package") }, r))]);
    }

    protected override void Declare(Command command)
    {
        _case = Argument(command, "case", "SOURCE/NUMBER");
        _out = Text(command, "--out", "FILE");
    }

    /// <summary>The receipt as it is printed and given to the source system (归档回执).</summary>
    private static Forms.Report Paper(CommandContext context, ServiceCase c, IEnumerable<CaseReceipt> given) => ArchivingReceipt.Make(
        c.Source, HolderNames.Of(context.Repository.Records.Organisations, c.Agency), context.World.Time.GetUtcNow(),
        given.Select(r => new ArchivedCase(r.Number, r.RecordCode, r.ReferenceCode, "sha256:" + r.Package, r.At, r.Report, r.Aip, r.Version, r.Sequence)));

    private static string Text(JsonObject receipt, string name) => receipt[name]?.ToString() ?? "";
}
