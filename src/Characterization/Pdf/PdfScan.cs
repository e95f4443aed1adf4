using System.Buffers;
using System.Text;
using Lantai.Characterization.Examination;

namespace Lantai.Characterization.Pdf;

/// <summary>
/// What a PDF says of itself in plain sight: header, end, cross-references and trailers of every revision. It needs no
/// library, so that an encryption is found even in a file that no library opens.
/// </summary>
/// <remarks>Works in bounded steps over bytes; nothing is unpacked. Not safe for concurrent use.</remarks>
internal sealed class PdfScan
{
    private const int HeaderReach = 1024;
    private const int TailReach = 2048;
    private const int MostRevisions = 1000;
    private const int MostChecked = 20_000;
    private const int MostSearched = 200;

    private static readonly SearchValues<byte> VersionSigns = SearchValues.Create("0123456789."u8);
    private static readonly SearchValues<byte> Padding = SearchValues.Create("\0\t\n\f\r \x1A"u8);

    private readonly PdfBytes _bytes;
    private readonly SortedSet<string> _oddities = new(StringComparer.Ordinal);
    private readonly HashSet<long> _seen = [];
    private long _listed;

    private readonly HashSet<long> _checked = []; // places of objects, each looked at once however often it is listed
    private readonly CancellationToken _cancellation;

    private PdfScan(PdfBytes bytes, CancellationToken cancellation) => (_bytes, _cancellation) = (bytes, cancellation);

    /// <summary>Where the header stands; -1 when there is none.</summary>
    public long HeaderPlace { get; private set; } = -1;

    /// <summary>The version that the header names; null when it names none.</summary>
    public string? HeaderVersion { get; private set; }

    /// <summary>Whether it says that it is linearized, and nothing was appended since.</summary>
    public bool IsLinearized { get; private set; }

    /// <summary>Where <c>/Encrypt</c> stands; null when it stands nowhere.</summary>
    public string? Encrypted { get; private set; }

    /// <summary>The number of cross-reference sections that follow one another: 1 when nothing was appended.</summary>
    public int Revisions { get; private set; }

    /// <summary>Whether neither the end mark nor the place of the cross-references stands at the end.</summary>
    public bool IsCutOff { get; private set; }

    /// <summary>What is odd about the structure, as keys of the texts without their prefix <c>fault.</c>.</summary>
    public IReadOnlyCollection<string> Oddities => _oddities;

    /// <summary>Scans a file.</summary>
    /// <exception cref="IOException">The source failed.</exception>
    public static PdfScan Of(FileContent content, ExaminationLimits limits, CancellationToken cancellation)
    {
        var scan = new PdfScan(new PdfBytes(content, limits.MaxWhole), cancellation);
        scan.ReadHeader();
        var start = scan.ReadEnd();
        var isWhole = start is { } place && scan.FollowSections(place, cancellation);
        if (!isWhole)
        {
            _ = scan._oddities.Add("pdf-xref");
            scan.SearchTrailers(cancellation);
        }

        return scan;
    }

    private void ReadHeader()
    {
        var head = _bytes.At(0, HeaderReach);
        HeaderPlace = head.IndexOf("%PDF-"u8);
        var version = HeaderPlace < 0 ? default : head[((int)HeaderPlace + 5)..];
        version = version[..Math.Max(0, version[..Math.Min(version.Length, 8)].IndexOfAnyExcept(VersionSigns))];
        HeaderVersion = version.IsEmpty ? null : Encoding.ASCII.GetString(version);
        if (HeaderVersion is not ("1.0" or "1.1" or "1.2" or "1.3" or "1.4" or "1.5" or "1.6" or "1.7" or "2.0"))
        {
            _ = _oddities.Add("pdf-header");
        }

        if (HeaderPlace > 0)
        {
            _ = _oddities.Add("pdf-header-late");
        }

        var linearized = head.IndexOf("/Linearized"u8);
        var dictionary = linearized < 0 ? -1 : head[..linearized].LastIndexOf("<<"u8);
        if (dictionary >= 0)
        {
            var lexer = new PdfLexer(head, dictionary);
            IsLinearized = PdfTrailer.TryRead(ref lexer)?["L"]?.Number == _bytes.Length;
        }
    }

    private long? ReadEnd()
    {
        var tail = _bytes.At(Math.Max(0, _bytes.Length - TailReach), TailReach);
        var end = tail.LastIndexOf("%%EOF"u8);
        var start = tail.LastIndexOf("startxref"u8);
        IsCutOff = end < 0 && start < 0;
        if (end < 0)
        {
            _ = _oddities.Add("pdf-no-end");
        }
        else if (tail[(end + 5)..].IndexOfAnyExcept(Padding) >= 0)
        {
            _ = _oddities.Add("pdf-after-end");
        }

        var lexer = new PdfLexer(tail, start < 0 ? tail.Length : start + 9);
        return lexer.Next() == PdfPiece.Number ? lexer.Whole : null;
    }

    // Each section names the one before it; a circle ends where it closes, and a chain at the most that are followed.
    private bool FollowSections(long start, CancellationToken cancellation)
    {
        var waiting = new Stack<long>([start]);
        while (waiting.TryPop(out var place) && _seen.Count < MostRevisions)
        {
            cancellation.ThrowIfCancellationRequested();
            if (!_seen.Add(place))
            {
                continue;
            }

            if (ReadSection(place) is not { } trailer)
            {
                return false;
            }

            Revisions++;
            Note(trailer);
            Push(waiting, trailer["Prev"]);
            if (trailer["XRefStm"] is { Number: { } hybrid } && _seen.Add(hybrid) && ReadSection(hybrid) is { } stream)
            {
                Note(stream);
            }
        }

        return true;
    }

    private static void Push(Stack<long> waiting, PdfValue? place)
    {
        if (place is { Number: { } number, IsReference: false })
        {
            waiting.Push(number);
        }
    }

    // Places count from the header (ISO 32000-1, annex H, note 13).
    private PdfTrailer? ReadSection(long place)
    {
        if (place < 0 || place >= _bytes.Length)
        {
            return null;
        }

        _listed = 0;
        var span = _bytes.At(Math.Max(0, HeaderPlace) + place, int.MaxValue);
        var lexer = new PdfLexer(span);
        if (lexer.NextIs("xref"u8))
        {
            return ReadTable(ref lexer) ? ReadTrailer(ref lexer) : null;
        }

        lexer.Position = 0;
        return lexer.NextIsObject(out _, out _) && PdfTrailer.TryRead(ref lexer) is { } trailer && trailer["Type"]?.Name == "XRef" ? Judged(trailer) : null;
    }

    private PdfTrailer? ReadTrailer(ref PdfLexer lexer) => PdfTrailer.TryRead(ref lexer) is { } trailer ? Judged(trailer) : null;

    private PdfTrailer Judged(PdfTrailer trailer)
    {
        // Only the newest trailer must name the catalogue: of a linearized file it is the first in the chain too.
        // What is listed beyond the size counts as free.
        var isSizeRight = trailer["Size"]?.Number is { } size && size >= _listed;
        var hasRoot = Revisions > 0 || trailer["Root"] is { IsReference: true };
        if (!trailer.IsWhole || !hasRoot || !isSizeRight)
        {
            _ = _oddities.Add("pdf-trailer");
        }

        return trailer;
    }

    // The lexer stands behind "xref" and is moved behind "trailer".
    private bool ReadTable(ref PdfLexer lexer)
    {
        while (true)
        {
            _cancellation.ThrowIfCancellationRequested();
            var piece = lexer.Next();
            if (piece == PdfPiece.Word && lexer.Text.SequenceEqual("trailer"u8))
            {
                return true;
            }

            if (piece != PdfPiece.Number || lexer.Whole is not (>= 0 and <= int.MaxValue and { } first) || lexer.Next() != PdfPiece.Number || lexer.Whole is not (>= 0 and <= int.MaxValue and { } count))
            {
                return false;
            }

            _listed = Math.Max(_listed, first + count);
            for (long i = 0; i < count; i++)
            {
                // Each entry takes bytes: a count that lies ends with the file, not with the count.
                if (lexer.Next() != PdfPiece.Number || lexer.Whole is not { } offset || lexer.Next() != PdfPiece.Number || lexer.Whole is not { } generation || lexer.Next() != PdfPiece.Word)
                {
                    return false;
                }

                // Some writers list object 0, which is always free, as in use: nobody looks for it.
                if ((i & 1023) == 1023)
                {
                    _cancellation.ThrowIfCancellationRequested();
                }

                if (lexer.Text.SequenceEqual("n"u8) && first + i > 0 && _checked.Count < MostChecked && _checked.Add(offset))
                {
                    CheckObject(offset, first + i, generation);
                }
            }
        }
    }

    private void CheckObject(long offset, long number, long generation)
    {
        if (_bytes.IsWhole && PdfPlainObject.FindFault(_bytes.At(Math.Max(0, HeaderPlace) + Math.Min(offset, _bytes.Length), int.MaxValue), number, generation) is { } fault)
        {
            _ = _oddities.Add(fault);
        }
    }

    private void Note(PdfTrailer trailer)
    {
        if (Encrypted is null && trailer["Encrypt"] is { } value && value.Name != "null")
        {
            Encrypted = value is { IsReference: true, Number: { } number } ? $"/Encrypt {number} 0 R" : "/Encrypt";
        }
    }

    // Where the chain is broken every trailer counts that stands anywhere: better an encryption of an old revision than none.
    private void SearchTrailers(CancellationToken cancellation)
    {
        foreach (var place in _bytes.Find("trailer"u8.ToArray(), MostSearched, cancellation))
        {
            var lexer = new PdfLexer(_bytes.At(place + 7, PdfBytes.Window));
            if (PdfTrailer.TryRead(ref lexer) is { } trailer)
            {
                Note(trailer);
            }
        }

        foreach (var place in _bytes.Find("/XRef"u8.ToArray(), MostSearched, cancellation))
        {
            var from = Math.Max(0, place - 4096);
            var span = _bytes.At(from, PdfBytes.Window);
            var start = span[..(int)(place - from)].LastIndexOf(" obj"u8);
            var lexer = new PdfLexer(span, Math.Max(0, start + 4));
            if (start >= 0 && PdfTrailer.TryRead(ref lexer) is { } trailer && trailer["Type"]?.Name == "XRef")
            {
                Note(trailer);
            }
        }
    }
}
