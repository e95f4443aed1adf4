using System.Xml;
using Lantai.Characterization.Envelopes;
using Lantai.Characterization.Examination;
using Lantai.Characterization.Packages;
using Lantai.Containers;

namespace Lantai.Characterization.Text;

/// <summary>Looks into files that an XML holds in base64, as text of an element or as value of an attribute, by a <c>data:</c> address too.</summary>
/// <remarks>For one examination. A text is unpacked while it is read; of one that is no base64 only the beginning is seen.</remarks>
internal sealed class XmlPacked(ExaminationNotes notes, ExaminationLimits limits, CancellationToken cancellation) : IDisposable
{
    // In fewer letters there is no file that could be encrypted: the shortest zip with an entry has 100 bytes and more.
    private const int Least = 128;
    private const int MostAddress = 200;

    private readonly NestedFiles _nested = new(notes, limits, cancellation);
    private readonly char[] _start = new char[Least];

    /// <summary>Looks at the text at which the reader stands.</summary>
    public void LookAtText(XmlReader reader, Func<string> place)
    {
        if (!reader.CanReadValueChunk)
        {
            return;
        }

        var (count, got) = (0, 0);
        while (count < Least && (got = reader.ReadValueChunk(_start, count, Least - count)) > 0)
        {
            count = Compact(count, got);
            if (count < 0)
            {
                return;
            }
        }

        if (count == Least)
        {
            using var unpacked = new Unpacked(new string(_start), reader);
            _nested.Look(unpacked, 0, place());
        }
    }

    /// <summary>Looks at the attributes of the element at which the reader stands, and leaves it there.</summary>
    public void LookAtAttributes(XmlReader reader, Func<string> place)
    {
        while (reader.MoveToNextAttribute())
        {
            if (reader.Value is not { Length: >= Least } value)
            {
                continue;
            }

            var comma = value.StartsWith("data:", StringComparison.OrdinalIgnoreCase) ? value.IndexOf(',', 0, Math.Min(value.Length, MostAddress)) : -1;
            var start = value.AsSpan(comma + 1, Math.Min(value.Length - comma - 1, Least));
            if (!start.ContainsAnyExcept(Unpacked.Letters))
            {
                using var unpacked = new Unpacked(value[(comma + 1)..], null);
                _nested.Look(unpacked, 0, place());
            }
        }

        _ = reader.MoveToElement();
    }

    public void Dispose() => _nested.Dispose();

    // Moves the letters together over the blanks between them; -1 when one of them is none of base64.
    private int Compact(int count, int got)
    {
        var end = count + got;
        for (var i = count; i < end; i++)
        {
            if (SixBitLetters.Has(_start[i]))
            {
                _start[count++] = _start[i];
            }
            else if (!char.IsWhiteSpace(_start[i]))
            {
                return -1;
            }
        }

        return count;
    }

    /// <summary>What letters unpack to: those that were read, then the rest of the text.</summary>
    private sealed class Unpacked(string start, XmlReader? rest) : ForwardStream
    {
        private const int Piece = 1 << 14;

        private readonly SixBitLetters _letters = new();
        private readonly MemoryStream _ready = new();
        private char[]? _buffer;
        private bool _isBegun;

        public static System.Buffers.SearchValues<char> Letters { get; } =
            System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/= \t\r\n");

        public override int Read(Span<byte> buffer)
        {
            while (_ready.Position == _ready.Length)
            {
                _ready.SetLength(0);
                if (!Fill())
                {
                    return 0;
                }

                _ready.Position = 0;
            }

            return _ready.Read(buffer);
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                _ready.Dispose();
            }

            base.Dispose(disposing);
        }

        private bool Fill()
        {
            if (!_isBegun)
            {
                _isBegun = true;
                _letters.Append(start, _ready);
                return true;
            }

            if (rest is null)
            {
                return false;
            }

            _buffer ??= new char[Piece];
            var got = rest.ReadValueChunk(_buffer, 0, Piece);
            _letters.Append(_buffer.AsSpan(0, got), _ready);
            return got > 0;
        }
    }
}
