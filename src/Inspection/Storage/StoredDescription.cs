using Lantai.ArchivalStorage;
using Lantai.DataManagement;
using Lantai.InformationPackages;

namespace Lantai.Inspection.Storage;

/// <summary>What the metadata of a stored case package say of it, for papers that leave the archive and for who may see it.</summary>
/// <param name="Title">The title.</param>
/// <param name="Classification">The code of its classification (密级).</param>
/// <remarks>Immutable.</remarks>
public sealed record StoredDescription(string? Title, string? Classification)
{
    /// <summary>Reads it from the store; null when the version is no case package, or cannot be read.</summary>
    /// <param name="vault">The store.</param>
    /// <param name="kept">The version as the catalogue lists it.</param>
    /// <param name="stop">Stops the reading.</param>
    /// <exception cref="StorageException">The disk failed in a way that says nothing of this version.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static StoredDescription? Read(Vault vault, AipVersion kept, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(vault);
        ArgumentNullException.ThrowIfNull(kept);
        return StoredPackage.Open(vault, kept, stop).Tree is { } tree && PackageProfiles.Of(tree) is CaseProfile profile && profile.Read(tree, stop).Case is { } read
            ? new StoredDescription(read.Basic["project_name"], read.Configuration["security_classification"])
            : null;
    }
}
