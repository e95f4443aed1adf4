using System.Globalization;
using System.Text;
using System.Xml;
using Lantai.StoreFormat;
using Lantai.Words;

namespace Lantai.Inspection;

/// <summary>
/// Writes a report as XML: one form only, with everything that a program needs to read it back and, beside each code, the
/// sentences that people read, in Chinese and English. These bytes are what is signed and kept.
/// </summary>
/// <remarks>Pure; safe for concurrent use. spec/formats/inspection-report.md.</remarks>
public static class ReportXml
{
    /// <summary>The namespace of all elements.</summary>
    public const string Namespace = "urn:lantai:inspection-report:1";

    private static readonly Language[] Languages = [Language.Chinese, Language.English];

    private static readonly XmlWriterSettings Settings = new()
    {
        Encoding = new UTF8Encoding(false), Indent = true, IndentChars = " ", NewLineChars = "\n", NewLineHandling = NewLineHandling.Entitize, CloseOutput = false,
    };

    /// <summary>Writes a report.</summary>
    /// <param name="report">The report.</param>
    /// <param name="phrases">The texts of this room and of those whose findings stand in it.</param>
    public static byte[] Write(InspectionReport report, Phrases phrases)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(phrases);
        using var bytes = new MemoryStream();
        using (var xml = XmlWriter.Create(bytes, Settings))
        {
            xml.WriteStartElement("inspectionReport", Namespace);
            Attribute(xml, "reportNo", report.Number);
            Attribute(xml, "id", report.Id.ToString("D", CultureInfo.InvariantCulture));
            WriteRun(xml, report);
            WriteScheme(xml, report.Scheme);
            WriteSubject(xml, report.Subject);
            WriteVerdict(xml, report, phrases);
            xml.WriteStartElement("results", Namespace);
            foreach (var result in report.Results)
            {
                WriteResult(xml, result, phrases);
            }

            xml.WriteEndElement();
            xml.WriteEndElement();
        }

        bytes.WriteByte((byte)'\n');
        return bytes.ToArray();
    }

    private static void WriteRun(XmlWriter xml, InspectionReport report)
    {
        xml.WriteStartElement("run", Namespace);
        Attribute(xml, "stage", InspectionCodes.Of(InspectionCodes.StageOf(report.Point)));
        Attribute(xml, "point", InspectionCodes.Of(report.Point));
        Attribute(xml, "started", StoreTime.Write(report.Started));
        Attribute(xml, "finished", StoreTime.Write(report.Finished));
        Attribute(xml, "operator", report.Operator);
        foreach (var reviewer in report.Reviewers)
        {
            xml.WriteElementString("reviewer", Namespace, Clean(reviewer));
        }

        xml.WriteEndElement();
    }

    private static void WriteScheme(XmlWriter xml, InspectionScheme scheme)
    {
        xml.WriteStartElement("scheme", Namespace);
        Attribute(xml, "name", scheme.Name);
        Attribute(xml, "version", scheme.Version);
        Attribute(xml, "category", scheme.Category);
        foreach (var (name, value) in scheme.Parameters.OrderBy(p => p.Key, StringComparer.Ordinal))
        {
            Named(xml, "parameter", name, value);
        }

        if (scheme.Decision is { } decision)
        {
            xml.WriteStartElement("decision", Namespace);
            Attribute(xml, "person", decision.Person);
            Attribute(xml, "at", StoreTime.Write(decision.At));
            xml.WriteElementString("reason", Namespace, Clean(decision.Reason));
            foreach (var rule in decision.Without)
            {
                xml.WriteElementString("without", Namespace, Clean(rule));
            }

            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private static void WriteSubject(XmlWriter xml, InspectionSubject subject)
    {
        xml.WriteStartElement("package", Namespace);
        Attribute(xml, "name", subject.Package);
        Attribute(xml, "profile", subject.Profile);
        Attribute(xml, "digest", subject.Digest);
        Attribute(xml, "files", Number(subject.Files));
        Attribute(xml, "bytes", Number(subject.Bytes));
        Attribute(xml, "source", subject.Source);
        Attribute(xml, "case", subject.Case);
        Attribute(xml, "recordCode", subject.RecordCode);
        Attribute(xml, "title", subject.Title);
        xml.WriteEndElement();
    }

    private static void WriteVerdict(XmlWriter xml, InspectionReport report, Phrases phrases)
    {
        xml.WriteStartElement("overall", Namespace);
        Attribute(xml, "outcome", InspectionCodes.Of(report.Outcome));
        Sentences(xml, "text", language => phrases.Say(language, "inspection.outcome." + InspectionCodes.Of(report.Outcome)));
        xml.WriteEndElement();
        xml.WriteStartElement("totals", Namespace);
        foreach (var total in ReportTotal.Of(report))
        {
            xml.WriteStartElement("nature", Namespace);
            Attribute(xml, "name", InspectionCodes.Of(total.Nature));
            foreach (var verdict in Enum.GetValues<RuleVerdict>())
            {
                Attribute(xml, InspectionCodes.Of(verdict), Number(total.Of(verdict)));
            }

            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private static void WriteResult(XmlWriter xml, RuleResult result, Phrases phrases)
    {
        var rule = result.Rule;
        xml.WriteStartElement("result", Namespace);
        Attribute(xml, "ruleId", rule.Id);
        Attribute(xml, "number", rule.Printed);
        Attribute(xml, "numberConfidence", InspectionCodes.Of(rule.Confidence));
        Attribute(xml, "nature", InspectionCodes.Of(rule.Nature));
        Attribute(xml, "group", rule.Group);
        Attribute(xml, "weight", InspectionCodes.Of(result.Weight));
        Attribute(xml, "manner", InspectionCodes.Of(rule.Manner));
        Attribute(xml, "check", rule.Check);
        Attribute(xml, "verdict", InspectionCodes.Of(result.Verdict));
        Attribute(xml, "said", InspectionCodes.Of(result.Answer.Verdict));
        Attribute(xml, "retry", InspectionCodes.Of(rule.Retry));
        Attribute(xml, "looked", result.Answer.Looked is { } looked ? Number(looked) : null);
        Attribute(xml, "tool", result.Answer.Tool);
        Sentences(xml, "name", language => language == Language.Chinese ? rule.Chinese : rule.English);
        foreach (var (name, value) in result.Answer.Evidence)
        {
            Named(xml, "evidence", name, value);
        }

        foreach (var finding in result.Answer.Findings)
        {
            WriteFinding(xml, finding, phrases);
        }

        if (result.IsRemarkable)
        {
            Sentences(xml, "method", language => phrases.Say(language, $"check.{rule.Check}.method"));
        }

        if (result.IsAmiss)
        {
            Sentences(xml, "correction", language => phrases.Say(language, $"check.{rule.Check}.cure"));
        }

        WriteManual(xml, result.Manual);
        xml.WriteEndElement();
    }

    private static void WriteFinding(XmlWriter xml, Finding finding, Phrases phrases)
    {
        xml.WriteStartElement("finding", Namespace);
        Attribute(xml, "code", finding.Code);
        Attribute(xml, "severity", ReportWords.Of(finding.Severity));
        Attribute(xml, "at", finding.Subject);
        foreach (var (name, value) in finding.Arguments)
        {
            switch (name)
            {
                case ReportWords.Expected:
                    xml.WriteElementString("expected", Namespace, Clean(value));
                    break;
                case ReportWords.Found:
                    xml.WriteElementString("actual", Namespace, Clean(value));
                    break;
                default:
                    Named(xml, "argument", name, value);
                    break;
            }
        }

        Sentences(xml, "message", language => phrases.Say(language, finding));
        xml.WriteEndElement();
    }

    private static void WriteManual(XmlWriter xml, ManualDecision? manual)
    {
        if (manual is null)
        {
            return;
        }

        xml.WriteStartElement("manual", Namespace);
        Attribute(xml, "person", manual.Person);
        Attribute(xml, "verdict", InspectionCodes.Of(manual.Verdict));
        Attribute(xml, "at", StoreTime.Write(manual.At));
        Attribute(xml, "attachment", manual.Attachment?.ToString());
        xml.WriteElementString("note", Namespace, Clean(manual.Note));
        xml.WriteEndElement();
    }

    private static void Sentences(XmlWriter xml, string element, Func<Language, string> say)
    {
        foreach (var language in Languages)
        {
            xml.WriteStartElement(element, Namespace);
            xml.WriteAttributeString("xml", "lang", null, ReportWords.Of(language));
            xml.WriteString(Clean(say(language)));
            xml.WriteEndElement();
        }
    }

    private static void Named(XmlWriter xml, string element, string name, string value)
    {
        xml.WriteStartElement(element, Namespace);
        Attribute(xml, "name", name);
        xml.WriteString(Clean(value));
        xml.WriteEndElement();
    }

    private static void Attribute(XmlWriter xml, string name, string? value)
    {
        if (value is not null)
        {
            xml.WriteAttributeString(name, Clean(value));
        }
    }

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Clean(string text) => ReportWords.ForXml(text);
}
