using Lantai.Ingest;

namespace Lantai.Cli.Commands.Cases;

/// <summary>How commands call what became of a package at the door; the words stand in answers of --json.</summary>
internal static class DoorWords
{
    public const string Secret = "secret";

    public static string Of(DoorOutcome outcome) => outcome switch
    {
        DoorOutcome.Archived { Receipt.Version: > 1 } => "added",
        DoorOutcome.Archived => "archived",
        DoorOutcome.AlreadyHeld => "held",
        DoorOutcome.Waiting => "waiting",
        DoorOutcome.Returned => "returned",
        DoorOutcome.RefusedAsSecret => Secret,
        DoorOutcome.WouldArchive => "would",
        _ => "refused",
    };

    /// <summary>Whether nothing hinders the package.</summary>
    public static bool IsGood(string word) => word is "archived" or "added" or "held" or "would";
}
