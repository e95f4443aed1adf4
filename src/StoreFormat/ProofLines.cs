using Lantai.Words;

namespace Lantai.StoreFormat;

/// <summary>Reads a file line by line without holding more than one line, however long the file or a line may be.</summary>
internal sealed class ProofLines(Stream stream) : IDisposable
{
    private byte[] _buffer = new byte[1 << 16];
    private int _start;
    private int _end;

    /// <summary>Whether reading stopped because a line was too long or the last one had no newline.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>The next line without its newline; valid until the next call. False at the end.</summary>
    public bool TryNext(out ReadOnlyMemory<byte> line)
    {
        line = default;
        var searched = _start;
        while (!IsBroken)
        {
            var newline = _buffer.AsSpan(searched, _end - searched).IndexOf((byte)'\n');
            if (newline >= 0)
            {
                line = _buffer.AsMemory(_start, searched + newline - _start);
                _start = searched + newline + 1;
                return true;
            }

            var held = _end - _start;
            if (held >= ProofEntry.MaxLine)
            {
                IsBroken = true;
                break;
            }

            MakeRoom(held);
            var read = stream.Read(_buffer, _end, _buffer.Length - _end);
            if (read == 0)
            {
                IsBroken = held > 0;
                break;
            }

            searched = _start + held;
            _end += read;
        }

        return false;
    }

    public void Dispose() => stream.Dispose();

    private void MakeRoom(int held)
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, held).CopyTo(_buffer);
            (_start, _end) = (0, held);
        }

        if (_end == _buffer.Length)
        {
            Array.Resize(ref _buffer, Math.Min(_buffer.Length * 2, ProofEntry.MaxLine));
        }
    }
}

/// <summary>The lines of <c>proof/names.jsonl</c>, taken one by one as the entries they belong to come by.</summary>
internal sealed class ProofNames : IDisposable
{
    private readonly ProofLines? _lines;
    private StoredName? _next;

    public ProofNames(Stream? stream)
    {
        _lines = stream is null ? null : new ProofLines(stream);
        Advance();
    }

    /// <summary>Whether a line was malformed; then none is given out any more.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>Whether a line was left that no entry asked for.</summary>
    public bool HasLeft => _next is not null;

    /// <summary>The path below <c>data/</c> of an entry; null when the entry's own name cannot be one.</summary>
    /// <remarks>A stored path follows from the entry's place, so that no two entries can claim one file.</remarks>
    public byte[]? PathOf(EntryName name, long index)
    {
        if (_next is { } stored && stored.Name == name)
        {
            Advance();
            return stored.Stored == StoredName.For(index) ? System.Text.Encoding.ASCII.GetBytes(stored.Stored) : null;
        }

        return StoredName.IsUsable(name.Bytes.Span) ? name.Bytes.ToArray() : null;
    }

    public void Dispose() => _lines?.Dispose();

    private void Advance()
    {
        _next = null;
        if (_lines is null)
        {
            return;
        }

        if (_lines.TryNext(out var line))
        {
            IsBroken = !StoredName.TryRead(line.Span, out var name);
            _next = IsBroken ? null : name;
        }
        else
        {
            IsBroken = _lines.IsBroken;
        }
    }
}
