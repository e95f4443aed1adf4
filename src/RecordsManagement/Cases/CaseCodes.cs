namespace Lantai.RecordsManagement;

/// <summary>The codes of findings about cases.</summary>
/// <remarks>spec/codes/recordsmanagement.md.</remarks>
internal static class CaseCodes
{
    /// <summary>The same notice was given before.</summary>
    public const string Known = "CAS-001";

    /// <summary>A case was told before with other facts.</summary>
    public const string KnownOtherwise = "CAS-002";

    /// <summary>A field is missing, too long, or holds what it may not hold.</summary>
    public const string Field = "CAS-003";

    /// <summary>A completion time cannot be read.</summary>
    public const string Time = "CAS-004";

    /// <summary>Completion times without offset were read as UTC+08:00.</summary>
    public const string OffsetAssumed = "CAS-005";

    /// <summary>A completion time lies in the future.</summary>
    public const string Future = "CAS-006";

    /// <summary>A list lacks a column, or has one twice.</summary>
    public const string Column = "CAS-007";

    /// <summary>A list cannot be read, or not further.</summary>
    public const string List = "CAS-008";

    /// <summary>No notice told of this case.</summary>
    public const string Unknown = "CAS-009";

    /// <summary>The life cycle has no such arrow.</summary>
    public const string Undeclared = "CAS-010";

    /// <summary>A reason is missing or too long.</summary>
    public const string Reason = "CAS-011";

    /// <summary>A case is to be registered without the digest of its content.</summary>
    public const string NoDigest = "CAS-012";

    /// <summary>A legal hold forbids it.</summary>
    public const string Held = "CAS-013";

    /// <summary>A hold is not known, or was lifted before.</summary>
    public const string NoHold = "CAS-014";

    /// <summary>An arrow is for another's custody.</summary>
    public const string Custody = "CAS-015";

    /// <summary>A correction contradicts what has happened since.</summary>
    public const string Correction = "CAS-016";

    /// <summary>A case is named twice in one decision.</summary>
    public const string Twice = "CAS-017";

    /// <summary>What is to be withdrawn is no declared part.</summary>
    public const string NoPart = "CAS-018";

    /// <summary>A case that passed is to be registered without being archived by the rules.</summary>
    public const string NotArchived = "CAS-025";

    /// <summary>A case is to be called destroyed, though nothing was destroyed.</summary>
    public const string NotDestroyed = "CAS-028";

    /// <summary>A reference code was not assigned, or is not in use.</summary>
    public const string CodeNotInUse = "CAS-022";

    /// <summary>A reference code names another archived case.</summary>
    public const string CodeTaken = "CAS-023";

    /// <summary>A part of a reference code is not what the case says.</summary>
    public const string CodePart = "CAS-024";

    /// <summary>A relation leads to a case that no notice told of.</summary>
    public const string Dangling = "CAS-020";

    /// <summary>A relation cannot be: to itself, or there already.</summary>
    public const string Relation = "CAS-021";

    /// <summary>Further findings of a list were left out.</summary>
    public const string Untold = "CAS-027";

    /// <summary>A case is to be registered with other content than that which passed the inspection.</summary>
    public const string NotInspected = "CAS-026";

    /// <summary>The content of a case that is not in the agency's archive would get a further version.</summary>
    public const string NoAddition = "CAS-060";

    /// <summary>The content of a case would change without a legal basis.</summary>
    public const string NoBasis = "CAS-061";

    /// <summary>A case would be registered by hand in a store that takes cases by its door alone.</summary>
    public const string ByHand = "CAS-062";
    public const string RecordTaken = "CAS-063";
    public const string TooManyVersions = "CAS-064";

    /// <summary>Content of an accepted case would change.</summary>
    public const string Immutable = "ARC-001";
}
