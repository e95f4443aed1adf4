using Lantai.Words;

namespace Lantai.Containers;

/// <summary>
/// The pass through a tar: v7, ustar, pax with global headers, GNU long names and wide numbers. Files and folders are
/// entries; links, devices, sparse files and parts of split archives are refused, because the bytes they stand for are not here.
/// </summary>
/// <remarks>Source: POSIX.1-2017 pax; GNU tar manual, "Basic Tar Format". Names stay bytes.</remarks>
internal sealed class TarReader(Stream stream, string displayName, ContainerLimits limits, List<Finding> findings)
    : ContainerPass(displayName, limits, findings)
{
    private const int MostExtended = 1 << 20;

    private readonly TarSource _source = new(stream, displayName);
    private readonly ContainerClock _clock = new(limits);
    private readonly PaxRecords _global = new();
    private byte[] _name = [];
    private int _nameStart;
    private int _nameEnd;
    private bool _isFolder;
    private long _length;
    private DateTimeOffset? _modified;
    private long _left;
    private long _padding;
    private long _total;
    private int _count;
    private bool _isEnded;

    public override ReadOnlySpan<byte> Name => _name.AsSpan(_nameStart, _nameEnd - _nameStart);

    public override bool IsFolder => _isFolder;

    public override long? Length => _length;

    public override DateTimeOffset? Modified => _modified;

    public override long ContentStart => _source.Position - (_length - _left);

    public override Stream OpenContent() => new Content(this);

    private protected override bool Advance()
    {
        while (!_isEnded)
        {
            _isEnded = true; // whatever is thrown or found below is the last of it, unless an entry is reached
            if (_clock.FindOverrun(Subject) is { } late)
            {
                Findings.Add(late);
                return false;
            }

            _source.Skip(_left + _padding);
            (_left, _padding) = (0, 0);
            if (ReadEntry() is not { } isGiven)
            {
                return false;
            }

            _isEnded = false;
            if (isGiven)
            {
                return true;
            }
        }

        return false;
    }

    protected override void Dispose(bool disposing) => stream.Dispose();

    /// <summary>Reads headers up to the next entry. Null when the container ends, false when the entry is not given out.</summary>
    private bool? ReadEntry()
    {
        var local = new PaxRecords();
        byte[]? longName = null;
        while (true)
        {
            var at = _source.Position;
            var block = _source.ReadBlock();
            if (TarHeader.IsEmpty(block))
            {
                IsWhole = _source.ReadEnd(Findings) && !HasErrors;
                return null;
            }

            if (!TarHeader.HasChecksum(block))
            {
                Findings.Add(Finding.Error("TAR-001", Subject, ("at", at)));
                return null;
            }

            var header = new TarHeader(block);
            if (header.Type is not ((byte)'x' or (byte)'X' or (byte)'g' or (byte)'L' or (byte)'K'))
            {
                return Begin(header, local, longName);
            }

            if (ReadExtended(header, local, ref longName) is { } bad)
            {
                Findings.Add(bad);
                return null;
            }
        }
    }

    private Finding? ReadExtended(TarHeader header, PaxRecords local, ref byte[]? longName)
    {
        var type = (char)header.Type;
        if (!header.TryReadLength(out var length) || length > MostExtended)
        {
            return Finding.Error("TAR-007", Subject, ("type", type));
        }

        var content = _source.ReadExactly((int)length);
        _source.Skip(Padding(length));
        switch (type)
        {
            case 'L':
                longName = content.AsSpan() is var text && text.IndexOf((byte)0) is var end and >= 0 ? text[..end].ToArray() : content;
                return null;
            case 'K':
                return null; // the target of a link, which is refused anyway
            default:
                return (type == 'g' ? _global : local).TryAdd(content) ? null : Finding.Error("TAR-007", Subject, ("type", type));
        }
    }

    private bool? Begin(TarHeader header, PaxRecords local, byte[]? longName)
    {
        if (++_count > Limits.MaxEntries)
        {
            Findings.Add(Finding.Error("CON-003", Subject, ("limit", Limits.MaxEntries)));
            return null;
        }

        var type = header.Type;
        _name = local.Path ?? _global.Path ?? longName ?? header.ReadName();
        _modified = local.Modified ?? _global.Modified ?? header.ReadModified();
        if (!header.TryReadLength(out _length))
        {
            Findings.Add(Finding.Error("TAR-006", Subject, ("entry", Show()), ("field", "size")));
            return null;
        }

        _length = local.Length ?? _global.Length ?? _length;
        (_nameStart, _nameEnd) = TrimName(_name);
        _isFolder = type == '5' || (type is 0 or (byte)'0' && _name is [.., (byte)'/']);
        if (Refuse(type, local) is { } bad)
        {
            Findings.Add(bad);
            _length = type is >= (byte)'1' and <= (byte)'6' ? 0 : _length; // these have no content, whatever the field says
            return Pass();
        }

        if (_isFolder && _length > 0)
        {
            Findings.Add(Finding.Error("TAR-008", Subject, ("entry", Show()), ("length", _length)));
            return null; // programs differ in whether content follows
        }

        _total = _length > long.MaxValue - _total ? long.MaxValue : _total + _length;
        if (_total > Limits.MaxTotalBytes)
        {
            Findings.Add(Finding.Error("CON-005", Subject, ("limit", Limits.MaxTotalBytes)));
            return null;
        }

        var isRoot = _isFolder && _nameEnd == _nameStart && _name.Length > 0;
        _ = Pass();
        return !isRoot && CheckName();
    }

    /// <summary>Makes the content the next to be read or passed over.</summary>
    private bool Pass()
    {
        _source.Demand(_length);
        (_left, _padding) = (_length, Padding(_length));
        return false;
    }

    private Finding? Refuse(byte type, PaxRecords local) => type switch
    {
        (byte)'V' => Finding.Warning("TAR-009", Subject, ("entry", Show())),
        _ when local.IsSparse || _global.IsSparse => Special("sparse-file"),
        0 or (byte)'0' or (byte)'7' or (byte)'5' => null,
        (byte)'1' => Special("hard-link"),
        (byte)'2' => Special("symbolic-link"),
        (byte)'3' => Special("character-device"),
        (byte)'4' => Special("block-device"),
        (byte)'6' => Special("fifo"),
        (byte)'S' => Special("sparse-file"),
        (byte)'M' => Special("part-of-another-file"),
        (byte)'D' => Special("incremental-listing"),
        _ => Special(char.IsAsciiLetterOrDigit((char)type) ? "type-" + (char)type : $"type-x{type:X2}"),
    };

    private Finding Special(string type) => Finding.Error("TAR-005", Subject, ("entry", Show()), ("type", type));

    private bool CheckName()
    {
        var finding = Name.Length > Limits.MaxNameBytes
            ? Finding.Error("CON-004", Subject, ("entry", Show()), ("length", Name.Length), ("limit", Limits.MaxNameBytes))
            : Name.Count((byte)'/') >= Limits.MaxLevels
                ? Finding.Error("CON-015", Subject, ("entry", Show()), ("limit", Limits.MaxLevels))
                : EntryPath.FindReason(Name) is { } reason ? Finding.Error("CON-010", Show(), ("reason", reason)) : null;
        if (finding is null)
        {
            return true;
        }

        Findings.Add(finding);
        return false;
    }

    /// <summary>The part of a name that counts: programs write <c>./</c> in front and '/' behind folders. The root itself has none.</summary>
    private static (int Start, int End) TrimName(ReadOnlySpan<byte> name)
    {
        var (start, end) = (0, name.Length);
        while (name[start..].StartsWith("./"u8))
        {
            start += 2;
        }

        while (end > start && name[end - 1] == '/' && (end - 1 > start || start > 0))
        {
            end--;
        }

        return name[start..end].SequenceEqual("."u8) ? (end, end) : (start, end);
    }

    private string Show() => EntryName.OfBytes(Name.Length > 1024 ? Name[..1024] : Name).Display;

    private static long Padding(long length) => -length & (TarHeader.BlockSize - 1);

    private sealed class Content(TarReader reader) : ForwardStream
    {
        private readonly int _entry = reader._count;

        public override long Length => reader._length;

        public override int Read(Span<byte> buffer)
        {
            if (_entry != reader._count)
            {
                throw new InvalidOperationException("The pass went on: this content can no longer be read.");
            }

            if (reader._left == 0 || buffer.IsEmpty)
            {
                return 0;
            }

            reader._isEnded = true; // a fault ends the pass
            var got = reader._source.Read(buffer[..(int)Math.Min(buffer.Length, reader._left)]);
            reader._isEnded = false;
            reader._left -= got;
            return got;
        }
    }
}
