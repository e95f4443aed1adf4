using Lantai.DataManagement;
using Lantai.InformationPackages;
using Lantai.StoreFormat;
using Lantai.Words;

namespace Lantai.Inspection;

/// <summary>元数据可用性 (3-1): the metadata open, and what they say can be held in a database and read back as it was.</summary>
internal static class MetadataChecks
{
    /// <summary>The documents of metadata are well formed, in an encoding that is known and the one declared, without document types, of the profile's kind.</summary>
    public static RuleAnswer Readable(InspectionFacts facts)
    {
        var answer = RuleAnswer.Of(facts.FindingsOf("metadata-readable"), facts.Package.Case is null && facts.Package.Transfer is null && facts.Package.Eep is null ? 0 : 1);
        return answer.Verdict == RuleVerdict.Failed || answer.Looked > 0 ? answer : RuleAnswer.CouldNotRun(Finding.Error("INS-304", facts.Package.Name));
    }

    /// <summary>Every value is written in the form of the views of the archive (document store) and read back from those bytes.</summary>
    public static RuleAnswer Accessible(InspectionFacts facts)
    {
        List<MetadataRow> rows = [.. Rows(facts.Package)];
        return rows.Count == 0
            ? RuleAnswer.CouldNotRun(Finding.Error("INS-304", facts.Package.Name))
            : RuleAnswer.Of(rows.Select(r => Fault(r, facts.Package.Name)).OfType<Finding>(), rows.Sum(r => (long)r.Values.Count));
    }

    /// <summary>What is wrong with a row once it was written and read back; null when nothing is.</summary>
    internal static Finding? Fault(MetadataRow row, string package)
    {
        try
        {
            var written = new Document(new JsonMap().Set("names", row.Values.Select(v => (object)v.Key)).Set("values", row.Values.Select(v => (object)v.Value)));
            var read = Document.Read(written.Bytes);
            return read is not null && read.List("names").SequenceEqual(row.Values.Select(v => v.Key)) && read.List("values").SequenceEqual(row.Values.Select(v => v.Value))
                ? null
                : Finding.Error("INS-305", package, ("at", row.Place));
        }
        catch (ArgumentException)
        {
            return Finding.Error("INS-306", package, ("at", row.Place), ("expected", Document.MaxSize), ("found", row.Values.Sum(v => (long)v.Value.Length)));
        }
    }

    private static IEnumerable<MetadataRow> Rows(InspectedPackage package) => package switch
    {
        { Case: { } read } => OfCase(read),
        { Transfer: { } transfer } => transfer.Items.Select(i => new MetadataRow(
            i.Sequence, [new("顺序号", i.Sequence), new("档号", i.ReferenceCode), new("责任者", i.Author), new("题名", i.Title), new("保管期限", i.Retention), new("密级", i.Secrecy), new("备注", i.Remarks)])),
        { Eep: { } record } => [new MetadataRow("电子文件", [new("电子文件号", record.RecordCode), new("题名", record.Title), new("封装包创建时间", record.Created), new("封装包创建单位", record.Creator)])],
        _ => [],
    };

    private static IEnumerable<MetadataRow> OfCase(CasePackage read) =>
    [
        Row(read.Configuration), Row(read.Basic), .. read.Relations.Select(Row), .. read.Steps.Select(Row), .. read.Files.Select(f => Row(f.Fields)),
        .. read.Files.Where(f => f.Licence is not null).Select(f => Row(f.Licence!)), .. read.Parts.SelectMany(p => OfCase(p.Value)),
    ];

    private static MetadataRow Row(CaseFields fields) => new(fields.Block, [.. fields.All.Select(f => KeyValuePair.Create(f.Name, f.Value))]);
}

/// <summary>Values that are held together, as a row of a table.</summary>
/// <param name="Place">Where they stand in the package.</param>
/// <param name="Values">Names and values in order.</param>
internal sealed record MetadataRow(string Place, IReadOnlyList<KeyValuePair<string, string>> Values);
