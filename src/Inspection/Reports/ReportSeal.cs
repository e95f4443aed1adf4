using System.Text;
using Lantai.Evidence;
using Lantai.Evidence.National;
using Lantai.StoreFormat;
using Lantai.Words;

namespace Lantai.Inspection;

/// <summary>What the keys of a store sign of a report: its number, what it came to, and the digests of its XML.</summary>
/// <param name="Origin">The log's name.</param>
/// <param name="Number">The report's number.</param>
/// <param name="Id">Its id.</param>
/// <param name="Outcome">What it came to.</param>
/// <param name="Bytes">Length of the XML in bytes.</param>
/// <param name="Sha256">SHA-256 of the XML.</param>
/// <param name="Sm3">SM3 of the XML.</param>
/// <remarks>Immutable. spec/formats/inspection-report.md.</remarks>
public sealed record ReportSeal(string Origin, string Number, Guid Id, InspectionOutcome Outcome, long Bytes, Digest Sha256, Sm3Digest Sm3)
{
    private const string Title = "lantai inspection report v1";

    /// <summary>The seal of a report.</summary>
    public static ReportSeal Of(string origin, InspectionReport report, ReadOnlySpan<byte> xml)
    {
        ArgumentNullException.ThrowIfNull(report);
        return new ReportSeal(origin, report.Number, report.Id, report.Outcome, xml.Length, Digest.Of(xml), Sm3Digest.Of(xml));
    }

    /// <summary>The text that is signed: three lines.</summary>
    public string ToText()
    {
        var map = new JsonMap()
            .Set("number", Number).Set("id", Id).Set("outcome", InspectionCodes.Of(Outcome)).Set("bytes", Bytes).Set("sha256", Sha256).Set("sm3", Sm3.ToString());
        return $"{Title}\n{Origin}\n{Encoding.UTF8.GetString(CanonicalJson.Write(map))}\n";
    }

    /// <summary>Reads such a text; false when it has not the form.</summary>
    public static bool TryRead(string text, out ReportSeal seal)
    {
        seal = null!;
        if (text.Split('\n', 5) is not [Title, { Length: > 0 } origin, var json, ""] || !CanonicalJson.TryRead(Encoding.UTF8.GetBytes(json), out var map) || map.Members.Count != 6
            || map.Text("number") is not { } number || map.Id("id") is not { } id || InspectionCodes.Outcome(map.Text("outcome") ?? "") is not { } outcome
            || map.Number("bytes") is not { } bytes || map.Digest("sha256") is not { } sha256 || !Digest.TryParse(map.Text("sm3"), out var sm3))
        {
            return false;
        }

        seal = new ReportSeal(origin, number, id, outcome, bytes, sha256, new Sm3Digest(sm3.ToArray()));
        return true;
    }
}

/// <summary>A report with the bytes of its XML and the signed note beside them.</summary>
/// <param name="Report">The report.</param>
/// <param name="Xml">Its XML.</param>
/// <param name="Seal">What is signed of it.</param>
/// <param name="Note">The signed note, as bytes of a file.</param>
/// <remarks>Immutable. spec/formats/inspection-report.md.</remarks>
public sealed record SealedReport(InspectionReport Report, byte[] Xml, ReportSeal Seal, byte[] Note)
{
    /// <summary>The name of the XML file: the report's number.</summary>
    public string FileName => Report.Number + ".xml";

    /// <summary>The name of the note's file.</summary>
    public string NoteName => FileName + ".sig";

    /// <summary>Writes and signs a report.</summary>
    /// <param name="report">The report.</param>
    /// <param name="origin">The log's name.</param>
    /// <param name="phrases">The texts of this room and of those whose findings stand in it.</param>
    /// <param name="sign">Signs a text by the keys of the store.</param>
    public static SealedReport Of(InspectionReport report, string origin, Phrases phrases, Func<string, SignedNote> sign)
    {
        ArgumentNullException.ThrowIfNull(sign);
        var xml = ReportXml.Write(report, phrases);
        var seal = ReportSeal.Of(origin, report, xml);
        return new SealedReport(report, xml, seal, sign(seal.ToText()).ToBytes());
    }
}
