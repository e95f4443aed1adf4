namespace Lantai.RecordsManagement;

/// <summary>A version of a service item (事项): what an agency does for people and enterprises, and what archiving asks of it.</summary>
/// <param name="Code">Its code (事项编码): ASCII letters and digits, <c>-</c>, <c>_</c> and <c>.</c>, at most 64.</param>
/// <param name="Version">Its version (版本号), as the catalogue gives it.</param>
/// <param name="Name">Its name.</param>
/// <param name="Type">One of <see cref="ServiceItemType.All"/>.</param>
/// <param name="Agency">Credit code of the agency that handles it.</param>
public sealed record ServiceItem(string Code, string Version, string Name, string Type, string Agency)
{
    /// <summary>The most characters of a code.</summary>
    internal const int CodeLength = 64;

    /// <summary>Codes of the steps that a case of it must show: those of <see cref="ProcessSteps"/>.</summary>
    public IReadOnlyList<string> Steps { get; init; } = [];

    /// <summary>The law or administrative regulation that still demands paper (R4-2); null when none does.</summary>
    public string? PaperCitation { get; init; }

    /// <summary>Whether a case of it must be kept on paper too.</summary>
    public bool PaperRequired => PaperCitation is not null;

    /// <summary>Codes of the items that are handled jointly with it.</summary>
    public IReadOnlyList<string> JointWith { get; init; } = [];

    /// <summary>The first day on which cases of it may be accepted; null when nobody said.</summary>
    public DateOnly? From { get; init; }

    /// <summary>The last day; null when there is none.</summary>
    public DateOnly? Until { get; init; }

    /// <summary>Whether a text has the form of a code.</summary>
    public static bool IsCode(string? text) =>
        text is { Length: > 0 and <= CodeLength } && char.IsAsciiLetterOrDigit(text[0]) && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.');

    /// <summary>Whether the two say the same.</summary>
    public bool Equals(ServiceItem? other) =>
        other is not null && (Code, Version, Name, Type, Agency, PaperCitation, From, Until) == (other.Code, other.Version, other.Name, other.Type, other.Agency, other.PaperCitation, other.From, other.Until)
        && Steps.SequenceEqual(other.Steps) && JointWith.SequenceEqual(other.JointWith);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Code, Version);
}

/// <summary>The codes of the steps of a case (流程环节).</summary>
/// <remarks>As one city's implementation of the archiving rules has them: confidence medium.</remarks>
public static class ProcessSteps
{
    /// <summary>收件, 受理, 审核, 办结, 补齐补正, 挂起, 其他.</summary>
    public static IReadOnlyList<string> All { get; } = ["1", "2", "3", "4", "11", "12", "99"];
}
