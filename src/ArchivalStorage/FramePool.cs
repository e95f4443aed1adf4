using System.Buffers;

namespace Lantai.ArchivalStorage;

/// <summary>
/// Lends arrays for contents and frames. Up to 1 MiB they come from the shared pool, up to 16 MiB from one that keeps two of
/// each size: fresh memory of that length costs more in page faults than reading the content. Longer ones are rare and would
/// stay for ever, so they are left to the garbage collector.
/// </summary>
/// <remarks>Safe for concurrent use.</remarks>
internal sealed class FramePool : ArrayPool<byte>
{
    private const int Longest = 1 << 20;
    private const int LongestKept = 16 << 20;
    private const int KeptOfEachSize = 2;

    private readonly ArrayPool<byte> _long = Create(LongestKept, KeptOfEachSize);

    public static FramePool Instance { get; } = new();

    public override byte[] Rent(int minimumLength) => minimumLength switch
    {
        <= Longest => Shared.Rent(minimumLength),
        <= LongestKept => _long.Rent(minimumLength),
        _ => GC.AllocateUninitializedArray<byte>(minimumLength),
    };

    public override void Return(byte[] array, bool clearArray = false)
    {
        switch (array.Length)
        {
            case <= Longest:
                Shared.Return(array, clearArray);
                break;
            case <= LongestKept:
                _long.Return(array, clearArray);
                break;
            default:
                break;
        }
    }
}
