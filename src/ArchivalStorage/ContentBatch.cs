using System.Runtime.InteropServices;
using Lantai.StoreFormat;
using Lantai.Words;

namespace Lantai.ArchivalStorage;

/// <summary>What became of a content that was to join a batch.</summary>
public enum BatchAnswer
{
    /// <summary>It waits for <see cref="ContentBatch.Compare"/>.</summary>
    Waits,

    /// <summary>There is no room left: compare what waits and clear, then add it again.</summary>
    Full,

    /// <summary>It must be read alone: it is long, damaged, or not there.</summary>
    Alone,
}

/// <summary>
/// Contents that are read together, because the digests of many are computed faster side by side than one after the other.
/// Nothing comes out before its digest was compared; what is not at hand whole is left to <see cref="ContentReader.Read"/>, which
/// looks for other copies and says what is wrong.
/// </summary>
/// <remarks>Not safe for concurrent use. What was read lies here until <see cref="Clear"/>.</remarks>
public sealed class ContentBatch
{
    private const int Line = 64;

    private readonly Vault _vault;
    private readonly Func<PackPlace, IDiskFile> _lend;
    private readonly byte[] _room;
    private readonly List<ReadOnlyMemory<byte>> _originals = [];
    private readonly List<Digest> _wanted = [];
    private Digest[] _found = [];
    private int _compared;
    private int _used;

    internal ContentBatch(Vault vault, Func<PackPlace, IDiskFile> lend, int room)
    {
        (_vault, _lend) = (vault, lend);
        _room = GC.AllocateUninitializedArray<byte>(room, pinned: true);
    }

    /// <summary>How many contents wait or were compared.</summary>
    public int Count => _wanted.Count;

    /// <summary>Gives a compared content; false when its bytes are not what they should be.</summary>
    /// <param name="index">Its place in the order of adding.</param>
    /// <param name="content">Its bytes.</param>
    /// <exception cref="InvalidOperationException">It was not compared yet.</exception>
    public bool TryGet(int index, out ReadOnlyMemory<byte> content)
    {
        if (index >= _compared)
        {
            throw new InvalidOperationException("The content was not compared yet.");
        }

        var isRight = _found[index] == _wanted[index];
        content = isRight ? _originals[index] : default;
        return isRight;
    }

    /// <summary>Reads a content and lets it wait.</summary>
    /// <param name="content">Its digest.</param>
    public BatchAnswer Add(Digest content)
    {
        try
        {
            return _vault.PlaceOf(content) is { } place ? Add(content, place.Place, place.Pack) : BatchAnswer.Alone;
        }
        catch (StorageException)
        {
            return BatchAnswer.Alone; // who reads it alone meets the failure, and says whether it ends the run
        }
    }

    /// <summary>Computes the digests of all that wait.</summary>
    public void Compare()
    {
        if (_found.Length < _wanted.Count)
        {
            _found = new Digest[_wanted.Capacity];
        }

        DigestBatch.Compute(CollectionsMarshal.AsSpan(_originals), _found.AsSpan(0, _wanted.Count));
        _compared = _wanted.Count;
    }

    /// <summary>Forgets all, and begins anew.</summary>
    public void Clear()
    {
        _originals.Clear();
        _wanted.Clear();
        (_compared, _used) = (0, 0);
    }

    private BatchAnswer Add(Digest content, FramePlace place, PackPlace pack)
    {
        // One long message would keep its lane busy when the others have ended: long ones gain nothing here.
        if (place.Length > _room.Length / 4)
        {
            return BatchAnswer.Alone;
        }

        if (place.Length > _room.Length - _used)
        {
            return BatchAnswer.Full;
        }

        var frame = _room.AsMemory(_used, (int)place.Length);
        if (_lend(pack).Read(place.Offset, frame.Span) != frame.Length || FrameHeader.TryRead(frame.Span, out var header) is not null
            || header.Length != frame.Length || header.Kind != FrameKind.Blob || header.Digest != content
            || Frame.CheckPlace(header, pack.Id, place.Offset) is not null
            || Frame.CheckEnd(header, frame.Span[(int)(header.HeaderLength + header.StoredLength)..]) is not null)
        {
            return BatchAnswer.Alone;
        }

        return Open(content, header, frame.Slice(header.HeaderLength, (int)header.StoredLength));
    }

    private BatchAnswer Open(Digest content, in FrameHeader header, ReadOnlyMemory<byte> stored)
    {
        var start = _used + (int)header.Length;
        var decoded = header.Codec == FrameCodec.Lz4 ? header.OriginalLength : 0;
        if (decoded > _room.Length - start)
        {
            return Count > 0 && decoded <= _room.Length - header.Length ? BatchAnswer.Full : BatchAnswer.Alone;
        }

        if (FrameContent.TryOpen(header, stored, _room.AsMemory(start, (int)decoded), out var original) is not null)
        {
            return BatchAnswer.Alone;
        }

        _originals.Add(original);
        _wanted.Add(content);
        _used = Math.Min(_room.Length, (start + (int)decoded + Line - 1) / Line * Line);
        return BatchAnswer.Waits;
    }
}
