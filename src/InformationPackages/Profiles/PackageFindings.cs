using Lantai.Containers;
using Lantai.InformationPackages.Xml;
using Lantai.Words;

namespace Lantai.InformationPackages;

/// <summary>Collects what a profile finds in one package, up to a number for each code, in the arguments that all profiles share.</summary>
/// <remarks>Not safe for concurrent use.</remarks>
internal sealed class PackageFindings
{
    private const int MostFound = 200;
    private const int MostExpected = 1000; // a list of values is expected in full

    private readonly List<Finding> _findings = [];
    private readonly BoundedFindings _bounded;

    internal PackageFindings(string package) => _bounded = new BoundedFindings(_findings, "PKG-001", package);

    /// <summary>What the XML files of the package may hold together.</summary>
    internal MarkupBudget Budget { get; init; } = new();

    /// <summary>Whether an error was added.</summary>
    internal bool HasErrors => _bounded.HasErrors;

    /// <summary>Adds what somebody else found, such as the reader of a file.</summary>
    internal void Add(Finding finding) => _bounded.Add(finding);

    /// <summary>Adds an error.</summary>
    /// <param name="code">Its code.</param>
    /// <param name="file">The file or folder in the package.</param>
    /// <param name="at">Where in the file: an XPath or <c>line N</c>; may be empty.</param>
    /// <param name="clause">The rest of a text key <c>clause.…</c>: what this offends.</param>
    /// <param name="expected">What should stand there; a text, or the rest of a key <c>expected.…</c>.</param>
    /// <param name="found">What stands there.</param>
    internal void Error(string code, string file, string at, string clause, string expected = "", string found = "") =>
        Add(Finding.Error(code, file, ("at", at), ("expected", Cut(expected, MostExpected)), ("found", Cut(found, MostFound)), ("clause", clause)));

    /// <summary>Adds a warning; as <see cref="Error"/>.</summary>
    internal void Warning(string code, string file, string at, string clause, string expected = "", string found = "") =>
        Add(Finding.Warning(code, file, ("at", at), ("expected", Cut(expected, MostExpected)), ("found", Cut(found, MostFound)), ("clause", clause)));

    /// <summary>Adds an error on a line of a text; as <see cref="Error"/>, with the number also as <c>line</c>.</summary>
    internal void ErrorOnLine(string code, string file, int line, string clause, string expected = "", string found = "") =>
        Add(Finding.Error(code, file, ("at", $"line {line}"), ("line", line), ("expected", Cut(expected, MostExpected)), ("found", Cut(found, MostFound)), ("clause", clause)));

    /// <summary>Adds a remark.</summary>
    /// <param name="code">Its code.</param>
    /// <param name="file">The file in the package.</param>
    /// <param name="at">Where in the file.</param>
    /// <param name="found">What stands there.</param>
    internal void Information(string code, string file, string at, string found = "") =>
        Add(Finding.Information(code, file, ("at", at), ("found", Cut(found, MostFound))));

    /// <summary>Everything that was found; nothing is added afterwards.</summary>
    internal IReadOnlyList<Finding> Close()
    {
        _bounded.Close();
        return _findings;
    }

    /// <summary>A value as somebody wrote it may be as long as a book; a finding shows its beginning.</summary>
    private static string Cut(string value, int most) =>
        value.Length <= most ? value : string.Concat(value.AsSpan(0, char.IsHighSurrogate(value[most - 1]) ? most - 1 : most), "…");
}
