using Lantai.StoreFormat;
using Lantai.Words;

namespace Lantai.Bench;

/// <summary>
/// Two ways through sealed packs: their own digests, each a stream of its own (one after the other, or up to sixteen side by
/// side), and the digests of the frames' stored bytes, as a deep audit of raw frames computes them.
/// </summary>
internal static class PackHashing
{
    private const int Step = 1 << 20;
    private const int Group = 64;
    private const int Window = 4 << 20;

    public static void Run(string[] files)
    {
        files = [.. files.Where(f => new FileInfo(f).Length > Step).Take(LaneBlocks.Lanes)];
        var buffer = GC.AllocateUninitializedArray<byte>(Window, pinned: true);
        for (var repeat = 0; repeat < 4; repeat++)
        {
            CorpusHashing.Print("pack by pack", 1, () => files.Sum(OneByOne));
            if (DigestBatch.IsParallel)
            {
                CorpusHashing.Print($"{files.Length} side by side", 1, () => SideBySide(files));
            }

            CorpusHashing.Print("frames, no hash", 1, () => files.Sum(f => Frames(f, buffer, null)));
            CorpusHashing.Print("frames, one", 1, () => files.Sum(f => Frames(f, buffer, false)));
            CorpusHashing.Print("frames, lanes", 1, () => files.Sum(f => Frames(f, buffer, DigestBatch.IsParallel)));
        }
    }

    private static long OneByOne(string file)
    {
        using var handle = File.OpenHandle(file);
        using var hash = System.Security.Cryptography.IncrementalHash.CreateHash(System.Security.Cryptography.HashAlgorithmName.SHA256);
        var buffer = new byte[Step];
        var at = 0L;
        for (int count; (count = RandomAccess.Read(handle, buffer, at)) > 0; at += count)
        {
            hash.AppendData(buffer.AsSpan(0, count));
        }

        _ = hash.GetHashAndReset();
        return at;
    }

    /// <summary>Blocks of all packs in lockstep, as long as all have some; what remains is left out, and out of the figure.</summary>
    private static unsafe long SideBySide(string[] files)
    {
        var handles = files.Take(LaneBlocks.Lanes).Select(f => File.OpenHandle(f)).ToArray();
        var shortest = handles.Min(RandomAccess.GetLength) / Step * Step;
        var buffer = GC.AllocateUninitializedArray<byte>(handles.Length * Step, pinned: true);
        var state = GC.AllocateArray<uint>(LaneBlocks.StateSize, pinned: true);
        var (blocks, strides) = (GC.AllocateArray<nint>(LaneBlocks.Lanes, pinned: true), GC.AllocateArray<nint>(LaneBlocks.Lanes, pinned: true));
        fixed (byte* memory = buffer)
        fixed (uint* words = state)
        fixed (nint* address = blocks, stride = strides)
        {
            for (var lane = 0; lane < LaneBlocks.Lanes; lane++)
            {
                Sha256Lanes.Reset(state, lane);
            }

            for (var at = 0L; at < shortest; at += Step)
            {
                for (var lane = 0; lane < LaneBlocks.Lanes; lane++)
                {
                    var used = lane < handles.Length;
                    (address[lane], stride[lane]) = used ? ((nint)(memory + (lane * Step)), LaneBlocks.BlockSize) : ((nint)memory, 0);
                    _ = used ? RandomAccess.Read(handles[lane], buffer.AsSpan(lane * Step, Step), at) : 0;
                }

                Sha256Lanes.Compress(words, (byte**)address, stride, Step / LaneBlocks.BlockSize);
            }
        }

        Array.ForEach(handles, h => h.Dispose());
        return shortest * handles.Length;
    }

    /// <summary>Reads a pack by windows, walks over its frames and hashes their stored bytes in groups; null leaves the hashing out.</summary>
    private static long Frames(string file, byte[] buffer, bool? inLanes)
    {
        using var handle = File.OpenHandle(file);
        var (group, digests, total, from) = (new ReadOnlyMemory<byte>[Group], new Digest[Group], 0L, (long)PackHeader.Size);
        while (true)
        {
            var end = RandomAccess.Read(handle, buffer, from);
            var (filled, at) = (0, 0);
            while (filled < Group && FrameHeader.TryRead(buffer.AsSpan(at, end - at), out var header) is null && header.Length <= end - at)
            {
                group[filled++] = buffer.AsMemory(at + header.HeaderLength, (int)header.StoredLength);
                total += header.StoredLength;
                at += (int)header.Length;
            }

            if (filled == 0)
            {
                return total; // the footer, or a frame longer than the window, which hardly any is
            }

            Hash(group.AsSpan(0, filled), digests.AsSpan(0, filled), inLanes);
            from += at;
        }
    }

    private static void Hash(ReadOnlySpan<ReadOnlyMemory<byte>> group, Span<Digest> digests, bool? inLanes)
    {
        if (inLanes is { } way)
        {
            DigestBatch.Compute(group, digests, way);
        }
    }
}
