using System.Security.Cryptography;
using Lantai.Containers;
using Lantai.InformationPackages;
using Lantai.Words;

namespace Lantai.Access.Packages;

/// <summary>
/// A package as a BagIt 1.0 bag: the files are its payload, the proof is tag files. The payload manifest is written line
/// by line, so a million files need no memory.
/// </summary>
internal sealed class BagTarget : IPackageTarget
{
    private const string ManifestName = "manifest-sha256.txt";

    private readonly FolderTarget _folder;
    private readonly string _path;
    private readonly Stream _manifest;
    private readonly List<KeyValuePair<string, string>> _metadata;
    private readonly List<(EntryName Path, Digest Digest)> _tags = [];
    private long _files;
    private long _bytes;

    public BagTarget(string path, string identifier, DateTimeOffset time)
    {
        _path = path;
        _folder = new FolderTarget(path);
        _manifest = new FileStream(Path.Combine(path, ManifestName), FileMode.CreateNew);
        _metadata =
        [
            new("External-Identifier", identifier),
            new("Bagging-Date", time.UtcDateTime.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)),
        ];
    }

    // A bag travels: what could climb out of its folder on another system is refused by readers of bags.
    public bool CanHold(EntryName path) => path.IsUtf8 && _folder.CanHold(path) && EntryPath.FindReason(path.Bytes.Span) is null;

    // A bag lists files only; the folder is there for people.
    public void AddFolder(EntryName path) => _folder.AddFolder(path);

    public async Task AddFileAsync(EntryName path, DateTimeOffset? modified, Digest? content, Func<Stream, Task> write)
    {
        var length = 0L;
        Digest? digest = content;
        await _folder.AddFileAsync(path, modified, content, async stream =>
        {
            await write(stream).ConfigureAwait(false);
            await stream.FlushAsync().ConfigureAwait(false);
            length = stream.Length;
        }).ConfigureAwait(false);
        if (digest is { } known)
        {
            BagWriter.WriteManifest(_manifest, [(path, known)]);
            (_files, _bytes) = (_files + 1, _bytes + length);
        }
        else
        {
            _tags.Add((path, DigestOf(path.Display)));
        }
    }

    public void Finish()
    {
        _manifest.Dispose();
        _tags.Add((EntryName.OfText(ManifestName), DigestOf(ManifestName)));
        _metadata.Add(new("Payload-Oxum", BagWriter.MakeOxum(_bytes, _files)));
        WriteTag("bagit.txt", BagWriter.WriteDeclaration);
        WriteTag("bag-info.txt", target => BagWriter.WriteMetadata(target, _metadata));
        using var tags = new FileStream(Path.Combine(_path, "tagmanifest-sha256.txt"), FileMode.CreateNew);
        BagWriter.WriteManifest(tags, _tags.OrderBy(tag => tag.Path));
    }

    public void Dispose()
    {
        _manifest.Dispose();
        _folder.Dispose();
    }

    private void WriteTag(string name, Action<Stream> write)
    {
        using (var target = new FileStream(Path.Combine(_path, name), FileMode.CreateNew))
        {
            write(target);
        }

        _tags.Add((EntryName.OfText(name), DigestOf(name)));
    }

    private Digest DigestOf(string name)
    {
        using var stream = File.OpenRead(Path.Combine(_path, name));
        return new Digest(SHA256.HashData(stream));
    }
}
