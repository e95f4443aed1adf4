using System.Text;
using Lantai.Words;

namespace Lantai.Forms;

/// <summary>A CSV file, row by row.</summary>
/// <remarks>RFC 4180. A cell that is not closed, or goes on behind its closing quotation mark, is told and taken as it stands.</remarks>
internal sealed class CsvSheet : Sheet
{
    private const int BufferLength = 1 << 15;
    private const int End = -1;

    private readonly Stream _stream;
    private readonly Encoding _encoding;
    private readonly string _encodingName;
    private readonly int _mark;
    private readonly char[] _buffer = new char[BufferLength];
    private readonly StringBuilder _cell = new();
    private StreamReader? _reader;
    private int _at;
    private int _filled;
    private char _separator = ',';
    private bool _isSkipping;

    public CsvSheet(Stream stream, string name, SheetLimits limits)
        : base(name, limits)
    {
        if (!stream.CanSeek)
        {
            throw new ArgumentException("The encoding of a CSV file shows at its end: the stream must seek.", nameof(stream));
        }

        _stream = stream;
        (_encoding, _encodingName, _mark) = CsvEncoding.Of(stream);
    }

    public override string Encoding => _encodingName;

    public override IEnumerable<SheetRow> Rows(CancellationToken cancellation)
    {
        _stream.Position = _mark;
        using var reader = new StreamReader(_stream, _encoding, detectEncodingFromByteOrderMarks: false, BufferLength, leaveOpen: true);
        _reader = reader;
        if (_encodingName == "GB18030")
        {
            Tell(Finding.Information("SHT-012", Name, ("encoding", _encodingName)));
        }

        _ = Peek();
        _separator = SeparatorOf(_buffer.AsSpan(0, _filled));
        for (var number = 1L; Peek() != End; number++)
        {
            cancellation.ThrowIfCancellationRequested();
            if (number > Limits.MaxRows)
            {
                Tell("SHT-004", CellReference.Of(number, 1), ("limit", Limits.MaxRows), ("sheetPart", "rows"));
                yield break;
            }

            var cells = ReadRow(number);
            if (cells.Count > 0)
            {
                yield return new SheetRow(number, cells);
            }
        }
    }

    private static char SeparatorOf(ReadOnlySpan<char> text)
    {
        var (commas, tabs, semicolons, isQuoted) = (0, 0, 0, false);
        foreach (var letter in text)
        {
            isQuoted ^= letter == '"';
            if (!isQuoted && letter is '\n' or '\r')
            {
                break;
            }

            if (!isQuoted)
            {
                (commas, tabs, semicolons) = (commas + (letter == ',' ? 1 : 0), tabs + (letter == '\t' ? 1 : 0), semicolons + (letter == ';' ? 1 : 0));
            }
        }

        return commas >= tabs && commas >= semicolons ? ',' : tabs >= semicolons ? '\t' : ';';
    }

    private List<string> ReadRow(long number)
    {
        var cells = new List<string>();
        var (filled, isTold) = (0, false);
        for (var column = 1; ; column++)
        {
            var text = CellText.Unguarded(ReadCell(number, column));
            if (column <= Limits.MaxColumns)
            {
                Judge(text, number, column);
                cells.Add(text);
                filled = text.Length > 0 ? cells.Count : filled;
            }
            else if (!isTold && text.Length > 0)
            {
                isTold = true;
                Tell("SHT-004", CellReference.Of(number, column), ("limit", Limits.MaxColumns), ("sheetPart", "columns"));
            }

            if (!Take(_separator))
            {
                break;
            }
        }

        _ = Take('\r');
        _ = Take('\n');
        cells.RemoveRange(filled, cells.Count - filled);
        return cells;
    }

    /// <summary>Reads up to the separator or line end behind the cell.</summary>
    private string ReadCell(long number, int column)
    {
        _ = _cell.Clear();
        _isSkipping = false;
        if (Take('"'))
        {
            ReadQuoted(number, column);
        }

        for (var next = Peek(); next != End && next != _separator && next is not ('\r' or '\n'); next = Peek())
        {
            if (next == '"' && !_isSkipping)
            {
                Tell("SHT-002", CellReference.Of(number, column), ("csvFault", "inside"));
                _isSkipping = true; // told once: what follows is not RFC 4180 and is left out
            }

            Keep((char)next, number, column);
        }

        return _cell.ToString();
    }

    private void ReadQuoted(long number, int column)
    {
        for (var next = Peek(); next != End; next = Peek())
        {
            if (next == '"')
            {
                _at++;
                if (Peek() != '"')
                {
                    if (Peek() is var behind && behind != End && behind != _separator && behind is not ('\r' or '\n'))
                    {
                        Tell("SHT-002", CellReference.Of(number, column), ("csvFault", "behind"));
                        _isSkipping = true;
                    }

                    return;
                }
            }

            Keep((char)next, number, column);
        }

        Tell("SHT-002", CellReference.Of(number, column), ("csvFault", "open"));
    }

    private void Keep(char letter, long number, int column)
    {
        _at++;
        if (_isSkipping)
        {
            return;
        }

        if (_cell.Length == Limits.MaxCellLength)
        {
            _isSkipping = true;
            Tell("SHT-003", CellReference.Of(number, column), ("limit", Limits.MaxCellLength));
            return;
        }

        _ = _cell.Append(letter);
    }

    private bool Take(char letter)
    {
        var isNext = Peek() == letter;
        _at += isNext ? 1 : 0;
        return isNext;
    }

    private int Peek()
    {
        if (_at == _filled)
        {
            (_at, _filled) = (0, _reader!.Read(_buffer, 0, BufferLength));
        }

        return _filled == 0 ? End : _buffer[_at];
    }
}
