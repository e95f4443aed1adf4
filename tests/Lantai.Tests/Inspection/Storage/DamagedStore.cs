using Lantai.Administration;
using Lantai.ArchivalStorage;
using Lantai.Containers;
using Lantai.DataManagement;
using Lantai.InformationPackages;
using Lantai.Ingest;
using Lantai.StoreFormat;
using Lantai.Tests.Administration;
using Lantai.Words;

namespace Lantai.Tests.Inspection.Storage;

/// <summary>A real store of which single bytes can be damaged.</summary>
internal sealed class DamagedStore : IDisposable
{
    public RepositoryPlace Place { get; } = new();

    public Repository Open() => Place.Open();

    /// <summary>Takes a folder of files in, and gives its version.</summary>
    public async Task<AipVersion> KeepFolderAsync(string name, params IReadOnlyList<(string Path, string Content)> files)
    {
        return await KeepAsync(Place.Folder(name, files));
    }

    /// <summary>Takes a package in that lies somewhere, and gives its version.</summary>
    public async Task<AipVersion> KeepAsync(string path, string? id = null)
    {
        using var repository = Open();
        return await KeepAsync(repository, path, id);
    }

    /// <summary>Takes a package in that lies somewhere, and gives its version.</summary>
    public static async Task<AipVersion> KeepAsync(Repository repository, string path, string? id = null)
    {
        var source = new SubmissionSource(path, SubmissionForm.Auto, ContainerLimits.Default);
        var kept = Assert.IsType<IngestOutcome.Kept>(await repository.Ingest.ExecuteAsync(
            new IngestRequest(source, "yz-cases", id) { Retention = new RetentionDecision("D30", new DateOnly(2025, 5, 8)) }, RepositoryPlace.Actor, null, default));
        return repository.Aips.Versions(kept.Aip)[^1];
    }

    /// <summary>Flips a bit of a stored content or manifest, behind the header of its frame.</summary>
    public void Flip(Digest digest, FrameKind kind, int behindHeader = 3)
    {
        using var file = File.Open(PathOf(digest, kind, out var offset), FileMode.Open, FileAccess.ReadWrite);
        file.Position = offset + (kind == FrameKind.Blob && offset == 0 ? 4096 : FrameHeader.Size + behindHeader);
        var old = file.ReadByte();
        file.Position--;
        file.WriteByte((byte)(old ^ 0x10));
    }

    /// <summary>Deletes the pack that a digest lies in.</summary>
    public void Delete(Digest digest, FrameKind kind) => File.Delete(PathOf(digest, kind, out _));

    /// <summary>The digest of a file's content.</summary>
    public static Digest Of(string content) => Digest.Of(System.Text.Encoding.UTF8.GetBytes(content));

    public void Dispose() => Place.Dispose();

    private string PathOf(Digest digest, FrameKind kind, out long offset)
    {
        using var repository = Open();
        var place = repository.Vault.PlaceFor(digest, kind);
        offset = place.Offset;
        return Path.Combine(Place.Settings.Root, place.Path!);
    }
}
