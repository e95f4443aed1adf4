using Lantai.Characterization;
using Lantai.Containers;
using Lantai.Words;

namespace Lantai.Inspection;

/// <summary>Answers of checks that ask each file by itself.</summary>
/// <remarks>Pure; safe for concurrent use.</remarks>
internal static class FileAnswers
{
    // What was not seen is no fault, and lets nothing pass.
    private static readonly string[] Unseen = ["INS-303", "INS-341"];

    /// <summary>
    /// Asks every file that was looked into: failed with an error, else could not run where one was not looked into (INS-303, INS-341), else for a
    /// person with a finding for persons, else as the findings weigh. At most 100 findings of a code are kept (INS-309 counts the rest).
    /// </summary>
    /// <param name="facts">What was observed.</param>
    /// <param name="ask">What is wrong with a file.</param>
    /// <param name="others">What the reading of the package found besides.</param>
    /// <param name="forPersons">Codes of findings that a person must decide.</param>
    public static RuleAnswer Of(
        InspectionFacts facts, Func<InspectedFile, FileExamination, IEnumerable<Finding>> ask, IEnumerable<Finding>? others = null, params IReadOnlyList<string> forPersons)
    {
        var findings = new List<Finding>();
        var bounded = new BoundedFindings(findings, "INS-309", facts.Package.Name);
        var (looked, isBlind, isForPersons) = (0L, false, false);
        var hasFailed = false;
        foreach (var found in (others ?? []).Concat(facts.Package.Looked.SelectMany(f => Ask(f, ask, ref looked))))
        {
            var isUnseen = Unseen.Contains(found.Code);
            isBlind |= isUnseen;
            hasFailed |= found.Severity == Severity.Error && !isUnseen;
            isForPersons |= forPersons.Contains(found.Code);
            bounded.Add(found);
        }

        bounded.Close();
        var verdict = hasFailed ? RuleVerdict.Failed
            : isBlind ? RuleVerdict.CouldNotRun
            : isForPersons ? RuleVerdict.Manual
            : findings.Exists(f => f.Severity == Severity.Warning) ? RuleVerdict.Warning
            : RuleVerdict.Passed;
        return new RuleAnswer(verdict, findings) { Looked = looked };
    }

    /// <summary>The last segment of a path after its last dot, in lower case; empty for none.</summary>
    public static string ExtensionOf(string path) => Path.GetExtension(path).TrimStart('.').ToLowerInvariant();

    private static IEnumerable<Finding> Ask(InspectedFile file, Func<InspectedFile, FileExamination, IEnumerable<Finding>> ask, ref long looked)
    {
        if (file.Character?.Examination is not { } examination)
        {
            return [Finding.Error("INS-303", file.Path)];
        }

        looked++;
        return ask(file, examination);
    }
}
