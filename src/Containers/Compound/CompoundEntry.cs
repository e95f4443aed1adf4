namespace Lantai.Containers;

/// <summary>A stream or a storage of a compound file, as its directory declares it.</summary>
/// <remarks>Immutable, safe for concurrent use.</remarks>
public sealed class CompoundEntry
{
    internal CompoundEntry(string path, string name, bool isStorage, long length, Guid classId, uint firstSector)
    {
        (Path, Name, IsStorage, Length, ClassId, FirstSector) = (path, name, isStorage, length, classId, firstSector);
    }

    /// <summary>The names of the storages and its own, with '/' between them; control characters are kept.</summary>
    public string Path { get; }

    /// <summary>Its own name; may begin with a control character, such as <c>\x01CompObj</c>.</summary>
    public string Name { get; }

    /// <summary>Whether it holds others instead of bytes.</summary>
    public bool IsStorage { get; }

    /// <summary>The declared length in bytes; zero for storages. The file may hold fewer.</summary>
    public long Length { get; }

    /// <summary>The class that the storage belongs to; empty for streams and where none is declared.</summary>
    public Guid ClassId { get; }

    internal uint FirstSector { get; }
}
