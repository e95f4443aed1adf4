namespace Lantai.Words;

/// <summary>How much a finding weighs.</summary>
public enum Severity
{
    /// <summary>Worth knowing; changes no verdict.</summary>
    Information,

    /// <summary>Kept or passed, but somebody should look.</summary>
    Warning,

    /// <summary>The object is refused or damaged; a command that saw one exits with 1.</summary>
    Error,
}

/// <summary>
/// Something noteworthy about content, as a value: a stable code, how much it weighs, what it is about,
/// and named arguments. Never thrown and never prose: the sentence stands in the texts of the room that
/// owns the code, under the key <c>finding.CODE</c>, in every language, with the arguments as placeholders.
/// </summary>
/// <param name="Code">The stable code, such as <c>FRM-003</c>; listed in <c>spec/codes.md</c>.</param>
/// <param name="Severity">How much it weighs.</param>
/// <param name="Subject">The object concerned, as a user knows it (a path, a pack name, an AIP id); may be empty.</param>
/// <param name="Arguments">Named arguments in the order given.</param>
public sealed record Finding(string Code, Severity Severity, string Subject, IReadOnlyList<KeyValuePair<string, string>> Arguments)
{
    /// <summary>Makes an error about a subject.</summary>
    public static Finding Error(string code, string subject, params (string Name, object Value)[] arguments) =>
        Make(code, Severity.Error, subject, arguments);

    /// <summary>Makes a warning about a subject.</summary>
    public static Finding Warning(string code, string subject, params (string Name, object Value)[] arguments) =>
        Make(code, Severity.Warning, subject, arguments);

    /// <summary>Makes a remark about a subject.</summary>
    public static Finding Information(string code, string subject, params (string Name, object Value)[] arguments) =>
        Make(code, Severity.Information, subject, arguments);

    /// <summary>Whether the two say the same of the same subject.</summary>
    public bool Equals(Finding? other) =>
        other is not null && Code == other.Code && Severity == other.Severity && Subject == other.Subject
        && Arguments.SequenceEqual(other.Arguments);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Code, Severity, Subject, Arguments.Count);

    /// <summary>Code, subject and arguments in a fixed form for logs and test output; users read the text instead.</summary>
    public override string ToString() =>
        $"{Code} {Subject} {string.Join(' ', Arguments.Select(a => $"{a.Key}={a.Value}"))}".TrimEnd();

    private static Finding Make(string code, Severity severity, string subject, (string Name, object Value)[] arguments) =>
        new(code, severity, subject,
            [.. arguments.Select(a => KeyValuePair.Create(a.Name, Convert.ToString(a.Value, System.Globalization.CultureInfo.InvariantCulture) ?? ""))]);
}
