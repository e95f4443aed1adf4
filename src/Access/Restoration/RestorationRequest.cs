using Lantai.StoreFormat;
using Lantai.Words;

namespace Lantai.Access.Restoration;

/// <summary>A version that is to be restored.</summary>
/// <param name="Aip">AIP id.</param>
/// <param name="Version">Its version.</param>
/// <param name="Submission">The submission's id, for the folder's name; may be empty.</param>
/// <param name="Manifest">Digest of its manifest root.</param>
/// <param name="Sequence">Sequence of its ingestion.</param>
public sealed record RestorationItem(Guid Aip, long Version, string Submission, Digest Manifest, long Sequence);

/// <summary>What is asked to be restored, and where to.</summary>
/// <param name="Items">The versions; walked once, in the order in which they were kept, which is that of the packs.</param>
/// <param name="Folder">The folder in which each gets a folder of its own; made when only it is missing.</param>
/// <param name="Origin">The log's name.</param>
/// <param name="Evidence">Gives what shows an ingestion to be in the ledger; null makes no proofs.</param>
public sealed record RestorationRequest(IEnumerable<RestorationItem> Items, string Folder, string Origin, Func<long, LedgerEvidence>? Evidence);

/// <summary>What became of one version.</summary>
public enum RestorationState
{
    /// <summary>All its files lie there, each verified.</summary>
    Whole,

    /// <summary>An earlier run restored it wholly; it was not touched.</summary>
    Present,

    /// <summary>What could be read lies in a folder whose name ends in <see cref="RestorationOutcome.IncompleteSuffix"/>.</summary>
    Incomplete,
}

/// <summary>What became of one version.</summary>
/// <param name="Item">The version.</param>
/// <param name="Path">Its folder.</param>
/// <param name="State">Whether it is whole.</param>
/// <param name="Files">Files written.</param>
/// <param name="Folders">Empty folders made.</param>
/// <param name="Bytes">Bytes written.</param>
/// <param name="Findings">What could not be given out, and why.</param>
public sealed record RestorationOutcome(
    RestorationItem Item, string Path, RestorationState State, long Files, long Folders, long Bytes, IReadOnlyList<Finding> Findings)
{
    /// <summary>How the names of folders end in which something is missing.</summary>
    public const string IncompleteSuffix = ".incomplete";
}
