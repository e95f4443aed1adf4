using Lantai.Characterization.Examination;
using Lantai.Characterization.Identification;
using Lantai.Characterization.Policy;
using Lantai.Words;

namespace Lantai.Characterization;

/// <summary>How much is asked of a file.</summary>
public enum CharacterizationDepth
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Its format.</summary>
    Identify,

    /// <summary>Its format, whether it is encrypted or active, whether it is readable to its end, and its technical metadata.</summary>
    Full,
}

/// <summary>When outside programs are asked.</summary>
public enum OutsideUse
{
    /// <summary>Never.</summary>
    Never,

    /// <summary>When our own reader could not read the file to its end.</summary>
    InDoubt,

    /// <summary>For each file of their kind.</summary>
    Always,
}

/// <summary>How files are looked at: which formats are known, how deep, and at what cost.</summary>
/// <param name="Registry">The formats.</param>
/// <param name="Depth">How much is asked.</param>
/// <remarks>Immutable, safe for concurrent use.</remarks>
public sealed record CharacterizationPlan(FormatRegistry Registry, CharacterizationDepth Depth)
{
    /// <summary>Bytes that are read at each end of a file to identify it.</summary>
    public int Window { get; init; } = FormatIdentifier.DefaultWindow;

    /// <summary>Outside programs that look into files too, when they are looked into at all.</summary>
    public IReadOnlyList<IOutsideReader> Outside { get; init; } = [];

    /// <summary>When they are asked.</summary>
    public OutsideUse OutsideUse { get; init; } = OutsideUse.Always;

    /// <summary>What the files are judged by.</summary>
    public FormatPolicy Policy { get; init; } = FormatPolicy.Default;

    /// <summary>What was found in contents that come again: a licence is called by a thousand cases.</summary>
    /// <remarks>By digest and by the extension of the name, which has a say in the format.</remarks>
    internal Remembered<(Digest, string), FileCharacter> Memory { get; } = new(4096);

    /// <summary>How much looking into one file may cost.</summary>
    public ExaminationLimits Limits { get; init; } = ExaminationLimits.Default;
}

/// <summary>What was found by looking at a file.</summary>
/// <param name="Identification">Its format.</param>
/// <param name="Examination">What is inside it; null when only the format was asked for.</param>
/// <param name="Verdict">What the policy says of it.</param>
public sealed record FileCharacter(FormatIdentification Identification, FileExamination? Examination, PolicyVerdict Verdict)
{
    /// <summary>What should be known of it, as findings: unknown or ambiguous format, a name that says otherwise, encryption, active content, damage.</summary>
    /// <param name="subject">How findings call the file.</param>
    public IEnumerable<Finding> Findings(string subject) => CharacterFindings.Of(this, subject);
}

/// <summary>Looks at files: what they are, and when asked, what is inside them.</summary>
/// <remarks>Made for one thread.</remarks>
public sealed class FileCharacterizer(CharacterizationPlan plan)
{
    private readonly FormatIdentifier _identifier = new(plan.Registry, plan.Window);

    /// <summary>Looks at a file.</summary>
    /// <param name="content">The file.</param>
    /// <param name="name">Its name or path.</param>
    /// <param name="digest">Its digest, when that is known: outside programs read the same file once.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="IOException">The source failed.</exception>
    /// <exception cref="OperationCanceledException">Stopped on request.</exception>
    public FileCharacter Characterize(FileContent content, string name, Digest? digest, CancellationToken cancellation)
    {
        if (plan.Depth == CharacterizationDepth.Full && digest is { } known)
        {
            var key = (known, FormatIdentifier.ExtensionOf(name));
            return plan.Memory.Find(key) ?? plan.Memory.Keep(key, Look(content, name, digest, cancellation));
        }

        return Look(content, name, digest, cancellation);
    }

    private FormatIdentification Identify(FileContent content, string name)
    {
        try
        {
            return _identifier.Identify(content, name);
        }
        catch (Exception stumble) when (FileExaminers.IsOurs(stumble, content))
        {
            return FormatIdentification.Unknown with { IsCutShort = true }; // a person looks at it, and the rest goes on
        }
    }

    private FileCharacter Look(FileContent content, string name, Digest? digest, CancellationToken cancellation)
    {
        var identification = Identify(content, name);
        var examination = plan.Depth == CharacterizationDepth.Full ? FileExaminers.Examine(content, name, plan, digest, cancellation) : null;
        var format = identification.Best?.Format;
        return new FileCharacter(identification, examination, plan.Policy.Judge(format?.Id, format?.Class ?? FormatClass.Other, examination));
    }
}
