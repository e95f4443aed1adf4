using Lantai.InformationPackages;
using Lantai.Words;
using Microsoft.Win32.SafeHandles;

namespace Lantai.Access.Packages;

/// <summary>A package as a folder.</summary>
internal sealed class FolderTarget(string path) : IPackageTarget
{
    private static readonly EntryName Data = EntryName.OfText("data");

    private readonly ByteFolder _folder = Open(path);

    public bool CanHold(EntryName path) => ByteFolder.CanHold(path);

    public void AddFolder(EntryName path) => _folder.CreateFolder(path);

    public async Task AddFileAsync(EntryName path, DateTimeOffset? modified, Digest? content, Func<Stream, Task> write)
    {
        using var file = new FolderFile(_folder.CreateHandle(path), path);
        await write(file).ConfigureAwait(false);
        file.End(modified);
    }

    /// <summary>Makes a file that is written in one go or in few pieces, without a buffer of its own.</summary>
    public SafeFileHandle CreateHandle(EntryName path) => _folder.CreateHandle(path);

    /// <summary>Removes a file that did not become whole.</summary>
    public void Remove(EntryName path) => _folder.RemoveFile(path);

    public void Finish()
    {
    }

    public void Dispose() => _folder.Dispose();

    // A package without files has the folder for them all the same.
    private static ByteFolder Open(string path)
    {
        var folder = ByteFolder.Create(path);
        folder.CreateFolder(Data);
        return folder;
    }
}
