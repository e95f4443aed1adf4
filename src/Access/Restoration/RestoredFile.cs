using Lantai.Access.Packages;
using Lantai.InformationPackages;
using Lantai.StoreFormat;
using Lantai.Words;
using Microsoft.Win32.SafeHandles;

namespace Lantai.Access.Restoration;

/// <summary>
/// One file on its way out: made when its first bytes come, so that of a content that cannot be read nothing lies there, and
/// removed again unless it is ended.
/// </summary>
/// <remarks>Not safe for concurrent use.</remarks>
internal sealed class RestoredFile(FolderTarget target, EntryName path, ManifestEntry entry) : IDisposable
{
    private SafeFileHandle? _file;
    private long _length;

    /// <summary>Writes the next bytes.</summary>
    /// <exception cref="IOException">The target cannot be written.</exception>
    public void Write(ReadOnlyMemory<byte> piece)
    {
        ByteFolder.Write(_file ??= target.CreateHandle(path), path, piece.Span);
        _length += piece.Length;
    }

    /// <summary>Ends the file, whose bytes were verified: sets its time and closes it.</summary>
    /// <exception cref="ContentDiffersException">It has not the length of its entry.</exception>
    /// <exception cref="IOException">The target cannot be written.</exception>
    public void End()
    {
        _file ??= target.CreateHandle(path);
        if (_length != entry.Length)
        {
            throw new ContentDiffersException(entry);
        }

        if (entry.Modified is { } time)
        {
            ByteFolder.SetModified(_file, path, time);
        }

        ByteFolder.Close(_file, path);
        _file = null;
    }

    public void Dispose()
    {
        if (_file is not null)
        {
            _file.Dispose();
            target.Remove(path);
            _file = null;
        }
    }
}
