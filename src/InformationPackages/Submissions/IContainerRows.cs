using Lantai.Words;

namespace Lantai.InformationPackages;

/// <summary>The entries of a container by number, in the container's order.</summary>
internal interface IContainerRows
{
    int Count { get; }

    ReadOnlySpan<byte> NameOf(int row);

    EntryName EntryNameOf(int row);

    bool IsFolder(int row);

    long LengthOf(int row);
}
