namespace Lantai.Ingest;

/// <summary>The codes of findings about the way in of a store with a records profile.</summary>
/// <remarks>spec/codes/ingest.md.</remarks>
internal static class DoorCodes
{
    /// <summary>Something was to be kept that was not inspected.</summary>
    public const string NotAdmitted = "ING-020";

    /// <summary>What is being kept is not what was inspected.</summary>
    public const string Changed = "ING-021";

    /// <summary>A case was refused as a state secret before: nothing of it is taken.</summary>
    public const string WasRefused = "ING-022";

    /// <summary>A package has a file where the archive keeps its report.</summary>
    public const string NameTaken = "ING-023";

    /// <summary>A supplement leaves out or changes what was archived.</summary>
    public const string NotSupplement = "ING-024";

    /// <summary>A supplement adds nothing.</summary>
    public const string NothingAdded = "ING-025";

    /// <summary>A supplement or change is declared of a case that is not archived.</summary>
    public const string NothingToChange = "ING-026";

    /// <summary>A package is not that of one case.</summary>
    public const string NoCase = "ING-027";

    /// <summary>No rule of codes gives the case a reference code.</summary>
    public const string NoCodeRule = "ING-029";

    /// <summary>A package that waits is not held: it is presented again after the decision.</summary>
    public const string NotHeld = "ING-030";

    /// <summary>A package waited too long and was destroyed.</summary>
    public const string Expired = "ING-031";

    /// <summary>A held package cannot be read: it is presented again.</summary>
    public const string HeldDamaged = "ING-032";

    /// <summary>A file of the waiting room that nothing waits for any more was destroyed.</summary>
    public const string Leftover = "ING-033";

    /// <summary>A reference code was chosen for a case that has another.</summary>
    public const string HasCode = "ING-034";

    /// <summary>A package is that of another case than the one that was announced.</summary>
    public const string OtherCase = "ING-035";

    /// <summary>Another package of a case was accepted before, and nobody declared a supplement or a change.</summary>
    public const string OtherAccepted = "PKG-009";
}
