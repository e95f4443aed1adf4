namespace Lantai.Inspection;

/// <summary>The stage of a record's life that an inspection belongs to.</summary>
/// <remarks>Stage prefixes of DA/T 70-2018: GD, YJ, BC.</remarks>
public enum InspectionStage
{
    /// <summary>归档环节 (GD): a case enters the agency's archive.</summary>
    Archiving,

    /// <summary>移交与接收环节 (YJ): records go from the agency to the archive hall.</summary>
    Transfer,

    /// <summary>长期保存环节 (BC): records lie in storage.</summary>
    Preservation,
}

/// <summary>Where, and so by whom, an inspection is run.</summary>
/// <remarks>R10-2 of the requirements: four run points, whose reports are kept apart.</remarks>
public enum RunPoint
{
    /// <summary>The agency archives a case: GD.</summary>
    AgencyArchiving,

    /// <summary>The agency hands records over: YJ.</summary>
    AgencyTransfer,

    /// <summary>The hall receives them: YJ again, by others.</summary>
    HallReceipt,

    /// <summary>The archive looks at what it stores: BC.</summary>
    Storage,
}

/// <summary>The nature that a rule is about.</summary>
public enum RuleNature
{
    /// <summary>真实性.</summary>
    Authenticity,

    /// <summary>完整性, which means that nothing is missing; unchanged bits belong to authenticity.</summary>
    Completeness,

    /// <summary>可用性.</summary>
    Usability,

    /// <summary>安全性.</summary>
    Security,
}

/// <summary>How sure it is that a rule bears its number in the standard.</summary>
public enum NumberConfidence
{
    /// <summary>Seen in at least one independent program, not in the standard's text.</summary>
    Seen,

    /// <summary>Assumed by parallel order; the group was verified. Not printed as a number of the standard.</summary>
    Assumed,

    /// <summary>The number exists and what it demands was not recovered.</summary>
    Unknown,

    /// <summary>A rule of ours, with no number in any standard.</summary>
    Own,
}

/// <summary>What it means that a rule fails.</summary>
public enum RuleWeight
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>A warning on the report.</summary>
    Major,

    /// <summary>The package does not pass.</summary>
    Blocking,
}

/// <summary>How a rule is answered.</summary>
public enum RuleManner
{
    /// <summary>By program.</summary>
    Automatic,

    /// <summary>By a person who fills in a form.</summary>
    Manual,

    /// <summary>By a person who hands in the report of an instrument.</summary>
    Imported,

    /// <summary>Not at all: the number is kept free.</summary>
    Reserved,
}

/// <summary>Whether it makes sense to send the same thing again.</summary>
public enum Retry
{
    /// <summary>Never.</summary>
    Never,

    /// <summary>Later, unchanged: the fault is not in the package.</summary>
    Later,

    /// <summary>After it was corrected.</summary>
    AfterFix,
}

/// <summary>What a rule says.</summary>
public enum RuleVerdict
{
    /// <summary>通过.</summary>
    Passed,

    /// <summary>不适用: there is nothing of the kind that the rule looks at.</summary>
    NotApplicable,

    /// <summary>警告: worth knowing, hinders nothing.</summary>
    Warning,

    /// <summary>需人工: a person must decide.</summary>
    Manual,

    /// <summary>执行错误: the check could not run. Never counts as passed.</summary>
    CouldNotRun,

    /// <summary>不通过.</summary>
    Failed,
}
