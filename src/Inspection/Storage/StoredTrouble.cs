using Lantai.ArchivalStorage;
using Lantai.StoreFormat;
using Lantai.Words;

namespace Lantai.Inspection.Storage;

/// <summary>Says of a failed reading which of the states of fixity it shows.</summary>
internal static class StoredTrouble
{
    private const string Unreadable = "STO-001";

    /// <summary>The state; null when it says nothing of the stored bytes, such as a store that has stopped.</summary>
    public static FixityState? StateOf(StorageException problem) => problem.Problem switch
    {
        StorageProblem.NotFound => FixityState.Missing,
        StorageProblem.Damaged => FixityState.Changed,
        StorageProblem.ReadFailed => FixityState.Unreadable,
        _ => null,
    };

    /// <summary>Why, as a finding.</summary>
    public static Finding Of(StorageException problem) => problem.Finding ?? (problem.Problem == StorageProblem.NotFound
        ? Finding.Error(Codes.ManifestMissing, problem.Path)
        : Finding.Error(Unreadable, problem.Path, ("cause", problem.InnerException?.Message ?? problem.Message)));
}
