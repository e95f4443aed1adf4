using System.Buffers.Binary;
using Lantai.StoreFormat;
using Lantai.Words;

namespace Lantai.ArchivalStorage;

/// <summary>
/// Where a package is held, encrypted, until somebody has decided about it. It is no part of the archive: no pack, ledger, index or
/// catalogue knows of what lies here, and whatever is here may be destroyed.
/// </summary>
/// <param name="disk">The store's disk.</param>
/// <param name="key">
/// Gives the 32 bytes of the room's key, which lies outside the store; null when it is not there. Told whether one may be made: not while
/// packages wait under the one that is missing. Throws what hinders it from opening one that is there.
/// </param>
/// <remarks>Safe for concurrent use; of one package one caller at a time. spec/formats/waiting.md.</remarks>
public sealed class WaitingRoom(IDisk disk, Func<bool, byte[]?> key)
{
    /// <summary>The ending of a file that is being written.</summary>
    internal const string Unfinished = ".new";

    private readonly Lock _gate = new();
    private WaitingKeys? _keys;

    /// <summary>What waits on a disk, in the order of names: read from the files' heads alone, without any key.</summary>
    /// <exception cref="StorageException">The disk failed.</exception>
    public static IReadOnlyList<WaitingStay> List(IDisk disk)
    {
        ArgumentNullException.ThrowIfNull(disk);
        return [.. disk.List(StoreLayout.Waiting).Select(NameIn).OfType<Digest>().Select(name => Head(disk, name)).OfType<(WaitingStay Stay, WaitingHeader?, byte[])>().Select(h => h.Stay)];
    }

    /// <summary>What waits, in the order of names.</summary>
    /// <exception cref="StorageException">The disk failed.</exception>
    public IReadOnlyList<WaitingStay> List() => List(disk);

    /// <summary>The stay of a package; null when it does not wait here, or nobody can tell without the key.</summary>
    /// <param name="source">Who sent it.</param>
    /// <param name="number">Number of its case there.</param>
    /// <param name="package">Its digest as one thing.</param>
    /// <exception cref="StorageException">The disk failed.</exception>
    public WaitingStay? Find(string source, string number, Digest package) =>
        (Volatile.Read(ref _keys) ?? (disk.List(StoreLayout.Waiting).Count > 0 ? TryKeys() : null)) is { } keys ? Head(disk, keys.NameOf(source, number, package))?.Stay : null;

    /// <summary>Whether a file of this name is there.</summary>
    public bool Holds(Digest name) => disk.Exists(StoreLayout.WaitingFile(name));

    /// <summary>Begins to write a package, whose name is free.</summary>
    /// <param name="source">Who sent it.</param>
    /// <param name="number">Number of its case there.</param>
    /// <param name="package">Its digest as one thing.</param>
    /// <param name="about">What is said of it.</param>
    /// <param name="since">Now.</param>
    /// <param name="until">When its waiting ends.</param>
    /// <exception cref="ArgumentException">More is said of it than is held (<see cref="WaitingPackage.MostAbout"/>).</exception>
    /// <exception cref="StorageException">The disk failed, or the room's key is missing (STO-021).</exception>
    public WaitingDraft Begin(string source, string number, Digest package, JsonMap about, DateTimeOffset since, DateTimeOffset until)
    {
        var said = CanonicalJson.Write(about);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(said.Length, WaitingPackage.MostAbout, nameof(about));
        var keys = Keys();
        var draft = new WaitingDraft(disk, keys, keys.NameOf(source, number, package), since, until);
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, said.Length);
        draft.Append(length);
        draft.Append(said);
        return draft;
    }

    /// <summary>Opens a package.</summary>
    /// <exception cref="StorageException">Damaged (STO-020), NotFound, KeyMissing (STO-021), or the disk failed.</exception>
    public WaitingPackage Open(Digest name)
    {
        var keys = Keys();
        var (stay, header, bytes) = Head(disk, name) ?? throw new StorageException(StorageProblem.NotFound, StoreLayout.WaitingFile(name));
        if (header is null || stay.Bytes != header.FileLength)
        {
            throw Damaged(name, header is null ? "head" : "cut", 0);
        }

        var own = WaitingHeader.Unwrap(bytes, keys.Wrap, name) ?? throw Damaged(name, "key", 0);
        try
        {
            return new WaitingPackage(disk, stay, header, own);
        }
        catch
        {
            System.Security.Cryptography.CryptographicOperations.ZeroMemory(own);
            throw;
        }
    }

    /// <summary>Destroys the key of a package, so that nobody can read it any more; durable on return. <see cref="Remove"/> then takes the file away.</summary>
    /// <exception cref="StorageException">The disk failed.</exception>
    public void DestroyKey(Digest name)
    {
        using var file = disk.Open(StoreLayout.WaitingFile(name), DiskAccess.Write);
        file.Write(WaitingHeader.BoxOffset, new byte[WaitingHeader.Size - WaitingHeader.BoxOffset]);
        file.Sync();
    }

    /// <summary>Takes the file of a package away whose key was destroyed.</summary>
    /// <exception cref="StorageException">The disk failed.</exception>
    public void Remove(Digest name) => disk.Delete(StoreLayout.WaitingFile(name));

    /// <summary>Removes what a crash left unfinished. Called by the owner before anybody else writes here.</summary>
    internal static void Sweep(IDisk disk)
    {
        foreach (var path in disk.List(StoreLayout.Waiting).Where(p => p.EndsWith(Unfinished, StringComparison.Ordinal)))
        {
            disk.Delete(path);
        }
    }

    internal static StorageException Damaged(Digest name, string what, long chunk)
    {
        var path = StoreLayout.WaitingFile(name);
        return new StorageException(StorageProblem.Damaged, path, null, Finding.Error(StorageCodes.WaitingDamaged, path, ("waiting", what), ("chunk", chunk)));
    }

    private static Digest? NameIn(string path) =>
        Digest.TryParse(Path.GetFileNameWithoutExtension(path), out var name) && StoreLayout.WaitingFile(name) == path ? name : null;

    private static (WaitingStay Stay, WaitingHeader? Header, byte[] Bytes)? Head(IDisk disk, Digest name)
    {
        if (!disk.Exists(StoreLayout.WaitingFile(name)))
        {
            return null;
        }

        using var file = disk.Open(StoreLayout.WaitingFile(name), DiskAccess.Read);
        var bytes = new byte[WaitingHeader.Size];
        bytes = bytes[..file.Read(0, bytes)];
        var header = WaitingHeader.TryRead(bytes);
        var (since, until) = header is null ? (DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch) : (header.Since, header.Until);
        return (new WaitingStay(name, since, until, file.Length, WaitingHeader.IsDestroyed(bytes)), header, bytes);
    }

    private WaitingKeys? TryKeys()
    {
        try
        {
            return Keys();
        }
        catch (StorageException missing) when (missing.Problem == StorageProblem.KeyMissing)
        {
            return null;
        }
    }

    private WaitingKeys Keys()
    {
        lock (_gate)
        {
            if (_keys is null)
            {
                var secret = key(!disk.List(StoreLayout.Waiting).Any(p => NameIn(p) is not null))
                    ?? throw new StorageException(StorageProblem.KeyMissing, StoreLayout.Waiting, null, Finding.Error(StorageCodes.WaitingKeyMissing, StoreLayout.Waiting));
                _keys = new WaitingKeys(secret);
                System.Security.Cryptography.CryptographicOperations.ZeroMemory(secret);
            }

            return _keys;
        }
    }
}
