using System.Xml;
using System.Xml.Linq;
using Lantai.RecordsManagement;
using Lantai.StoreFormat;
using Lantai.Words;

namespace Lantai.Inspection;

/// <summary>
/// Reads a report back from its XML. Strict: an unknown element or attribute, one that is missing, a total or an outcome that
/// does not follow from the results is a finding (INS-010), and nothing is read.
/// </summary>
/// <remarks>Pure; safe for concurrent use. Bounded: 64 MiB; no document type, nothing from elsewhere. spec/formats/inspection-report.md.</remarks>
public static class ReportReader
{
    /// <summary>The most bytes of a report.</summary>
    public const int MaxSize = 64 << 20;

    /// <summary>Reads a report; null and a finding when it has not the form.</summary>
    public static InspectionReport? TryRead(byte[] bytes, string displayName, ICollection<Finding> findings)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        ArgumentNullException.ThrowIfNull(findings);
        try
        {
            using var xml = XmlReader.Create(new MemoryStream(bytes, writable: false), new XmlReaderSettings
            {
                DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersInDocument = MaxSize, IgnoreComments = false,
            });
            return bytes.Length > MaxSize ? throw new XmlException("size") : Read(new ReportElement(XDocument.Load(xml).Root!));
        }
        catch (XmlException problem)
        {
            findings.Add(Finding.Error("INS-010", displayName, ("place", problem.LineNumber > 0 ? "line " + problem.LineNumber.ToString(System.Globalization.CultureInfo.InvariantCulture) : Entry.Shown(problem.Message))));
            return null;
        }
    }

    private static InspectionReport Read(ReportElement root)
    {
        root.Expect("inspectionReport");
        var (number, id) = (root.Text("reportNo"), root.Value("id", t => Guid.TryParseExact(t, "D", out var g) ? g : (Guid?)null));
        var run = root.Child("run");
        var point = run.Value("point", InspectionCodes.Point);
        var (started, finished, operatorName) = (Time(run, "started"), Time(run, "finished"), run.Text("operator"));
        run.Demand("stage", InspectionCodes.Of(InspectionCodes.StageOf(point)));
        List<string> reviewers = [.. run.Children("reviewer").Select(r => r.Content())];
        run.End();
        var scheme = ReadScheme(root.Child("scheme"), point);
        var subject = ReadSubject(root.Child("package"));
        var (overall, totals) = (root.Child("overall"), root.Child("totals"));
        var list = root.Child("results");
        List<RuleResult> results = [.. list.Children("result").Select(r => ReadResult(r, InspectionCodes.StageOf(point)))];
        list.End();
        root.End();
        var report = new InspectionReport
        {
            Id = id, Point = point, Subject = subject, Started = started, Finished = finished, Operator = operatorName, Results = results,
            Scheme = scheme with { Rules = [.. results.Select(r => new SchemeRule(r.Rule.Id, r.Weight))] },
        };
        if (report.Number != number || !report.Reviewers.SequenceEqual(reviewers))
        {
            throw new XmlException("reportNo, reviewer");
        }

        CompareTotals(report, overall, totals);
        return report;
    }

    private static InspectionScheme ReadScheme(ReportElement element, RunPoint point)
    {
        var (name, version, category) = (element.Text("name"), element.Text("version"), element.Text("category"));
        var parameters = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var parameter in element.Children("parameter"))
        {
            parameters[parameter.Text("name")] = parameter.Content();
        }

        SchemeDecision? decision = null;
        foreach (var made in element.Children("decision"))
        {
            decision = new SchemeDecision(made.Text("person"), Time(made, "at"), made.Child("reason").Content(), [.. made.Children("without").Select(w => w.Content())]);
            made.End();
        }

        element.End();
        return new InspectionScheme(name, version, InspectionCodes.StageOf(point), category, [], parameters) { Point = point, Decision = decision };
    }

    private static InspectionSubject ReadSubject(ReportElement element)
    {
        var subject = new InspectionSubject(
            element.Text("name"), element.Text("profile"), element.OptionalText("digest"), element.Number("files"), element.Number("bytes"), element.Text("source"),
            element.OptionalText("case"), element.OptionalText("recordCode"), element.OptionalText("title"));
        element.End();
        return subject;
    }

    private static RuleResult ReadResult(ReportElement element, InspectionStage stage)
    {
        var (id, printed, group) = (element.Text("ruleId"), element.Text("number"), element.Text("group"));
        var confidence = element.Value("numberConfidence", InspectionCodes.Confidence);
        var (nature, weight) = (element.Value("nature", InspectionCodes.Nature), element.Value("weight", InspectionCodes.Weight));
        var (manner, retry, check) = (element.Value("manner", InspectionCodes.Manner), element.Value("retry", InspectionCodes.RetryOf), element.Text("check"));
        var (verdict, said) = (element.Value("verdict", InspectionCodes.Verdict), element.Value("said", InspectionCodes.Verdict));
        var (looked, tool) = (element.Has("looked") ? element.Number("looked") : (long?)null, element.OptionalText("tool"));
        var (chinese, english) = (element.Child("name").Content(), element.Child("name").Content());
        List<KeyValuePair<string, string>> evidence = [.. element.Children("evidence").Select(e => KeyValuePair.Create(e.Text("name"), e.Content()))];
        List<Finding> findings = [.. element.Children("finding").Select(ReadFinding)];
        foreach (var sentence in element.Children("method").Concat(element.Children("correction")))
        {
            _ = sentence.Content();
        }

        ManualDecision? manual = null;
        foreach (var decision in element.Children("manual"))
        {
            manual = new ManualDecision(
                decision.Text("person"), decision.Value("verdict", InspectionCodes.Verdict), decision.Child("note").Content(), Time(decision, "at"),
                decision.Has("attachment") ? decision.Value("attachment", t => Digest.TryParse(t, out var d) ? d : (Digest?)null) : null);
            decision.End();
        }

        element.End();
        var rule = new InspectionRule(id, stage, printed, confidence, nature, group, chinese, english, weight, manner, check, [], retry, null);
        return new RuleResult(rule, weight, verdict, new RuleAnswer(said, findings) { Looked = looked, Tool = tool, Evidence = evidence }, manual);
    }

    private static Finding ReadFinding(ReportElement element)
    {
        var (code, severity, at) = (element.Text("code"), element.Value("severity", ReportWords.SeverityOf), element.Text("at"));
        List<KeyValuePair<string, string>> arguments = [.. element.ChildrenUntil("message").Select(a => a.Name switch
        {
            "expected" => KeyValuePair.Create(ReportWords.Expected, a.Content()),
            "actual" => KeyValuePair.Create(ReportWords.Found, a.Content()),
            "argument" => KeyValuePair.Create(a.Text("name"), a.Content()),
            var other => throw new XmlException(other),
        })];
        foreach (var sentence in element.Children("message"))
        {
            _ = sentence.Content();
        }

        element.End();
        return new Finding(code, severity, at, arguments);
    }

    private static void CompareTotals(InspectionReport report, ReportElement overall, ReportElement totals)
    {
        overall.Demand("outcome", InspectionCodes.Of(report.Outcome));
        foreach (var sentence in overall.Children("text"))
        {
            _ = sentence.Content();
        }

        overall.End();
        foreach (var total in ReportTotal.Of(report))
        {
            var nature = totals.Child("nature");
            nature.Demand("name", InspectionCodes.Of(total.Nature));
            foreach (var verdict in Enum.GetValues<RuleVerdict>())
            {
                nature.Demand(InspectionCodes.Of(verdict), total.Of(verdict).ToString(System.Globalization.CultureInfo.InvariantCulture));
            }

            nature.End();
        }

        totals.End();
    }

    private static DateTimeOffset Time(ReportElement element, string name) => element.Value(name, t => StoreTime.TryRead(t, out var time) ? time : (DateTimeOffset?)null);
}
