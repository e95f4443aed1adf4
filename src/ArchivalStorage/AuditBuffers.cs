namespace Lantai.ArchivalStorage;

/// <summary>The memory of one reader of a fixity check, used for pack after pack: what is read, and what is decoded from it.</summary>
/// <param name="large">Held while a frame is checked that is longer than the buffers, so that only one such is in memory at a time.</param>
/// <remarks>Not safe for concurrent use. Pinned and aligned: the disk may write into it without the page cache.</remarks>
internal sealed class AuditBuffers(Lock large)
{
    /// <summary>What reads past the page cache must be aligned to: enough for every disk with sectors up to 4 KiB.</summary>
    public const int Alignment = 4096;

    /// <summary>How much is read at once when the bytes are only hashed: what the processor's cache holds.</summary>
    public const int PlainReadLength = 1 << 20;

    private const int WindowLength = 2 << 20;
    private const int RoomLength = 2 << 20;

    private readonly Lazy<byte[]> _room = new(() => GC.AllocateUninitializedArray<byte>(RoomLength), isThreadSafe: false);

    /// <summary>Held while a frame longer than the buffers is in memory.</summary>
    public Lock Large { get; } = large;

    /// <summary>Where the file's bytes come to lie.</summary>
    public Memory<byte> Window { get; } = Aligned(WindowLength);

    /// <summary>Where decoded bytes come to lie; made when first asked for.</summary>
    public Memory<byte> Room => _room.Value;

    private static unsafe Memory<byte> Aligned(int length)
    {
        var bytes = GC.AllocateUninitializedArray<byte>(length + Alignment, pinned: true);
        fixed (byte* first = bytes)
        {
            return bytes.AsMemory((int)((Alignment - ((nint)first & (Alignment - 1))) & (Alignment - 1)), length);
        }
    }
}
