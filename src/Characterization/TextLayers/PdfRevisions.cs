using Lantai.Characterization.Examination;
using Lantai.Characterization.Pdf;
using UglyToad.PdfPig;
using UglyToad.PdfPig.Core;
using UglyToad.PdfPig.Tokens;

namespace Lantai.Characterization.TextLayers;

/// <summary>
/// What a PDF was before it was changed: changes are appended, and the old objects stay in the file (ISO 32000-1, 7.5.6).
/// Each earlier state is opened by itself, and what differs from later ones is read.
/// </summary>
/// <remarks>What is neither of the last state nor of one that can be opened is told as <c>old-revision</c>.</remarks>
internal sealed class PdfRevisions
{
    private const int MostRevisions = 16;
    private const int MostMarks = 1000;
    private const int MostObjects = 2_000_000;
    private const int MostStray = 20;
    private const int HeaderReach = 1024;
    private const int MostHead = 64 << 10;

    private static readonly System.Buffers.SearchValues<byte> Blanks = System.Buffers.SearchValues.Create(" \t\r\n\0\f"u8);
    private static readonly byte[] EndMark = "%%EOF"u8.ToArray();
    private static readonly byte[] ObjectMark = "obj"u8.ToArray();

    private readonly HashSet<(IndirectReference Reference, long Place, int Index)> _seen = [];
    private readonly List<long> _places = [];
    private readonly FileContent _content;
    private readonly PdfBytes _bytes;
    private readonly CancellationToken _stop;

    /// <summary>Begins with a file.</summary>
    /// <param name="content">The file, which an abandoned reading can still read safely.</param>
    /// <param name="limits">How much may be spent.</param>
    /// <param name="stop">Stops the work.</param>
    public PdfRevisions(FileContent content, ExaminationLimits limits, CancellationToken stop) =>
        (_content, _bytes, _stop) = (content, new PdfBytes(content, limits.MaxWhole), stop);

    /// <summary>Reads the earlier states, from the last to the first.</summary>
    /// <param name="newest">The last state, open.</param>
    /// <param name="objects">Its objects.</param>
    /// <param name="open">Opens a state and reads those of its objects that it is given; false when it cannot be opened.</param>
    /// <returns>Whether all that is in the file is of the last state or was read.</returns>
    public bool ReadAll(Structure newest, PdfObjects objects, Func<FileContent, Func<Structure, IReadOnlyList<IndirectReference>>, bool> open)
    {
        _ = Differing(newest);
        var isAll = true;
        var ends = _bytes.Find(EndMark, MostMarks, _stop);
        var isLinearized = _bytes.At(0, HeaderReach).IndexOf("/Linearized"u8) >= 0;
        foreach (var end in ends.Skip(isLinearized ? 1 : 0).SkipLast(1).Reverse().Take(MostRevisions))
        {
            _stop.ThrowIfCancellationRequested();
            isAll &= open(new Beginning(_content, end + EndMark.Length), Differing);
        }

        return isAll && ends.Count <= MostRevisions + 1 && !HasStray(newest, objects);
    }

    private List<IndirectReference> Differing(Structure state)
    {
        var differing = new List<IndirectReference>();
        _places.AddRange(state.CrossReferenceTable.Parts.Select(p => p.Offset)); // that may be objects too
        foreach (var (reference, location) in state.CrossReferenceTable.ObjectOffsets)
        {
            if (_seen.Add((reference, location.Value1, location.Value2)))
            {
                differing.Add(reference);
                if (location.Type == XrefEntryType.File)
                {
                    _places.Add(location.Value1);
                }
            }
        }

        return differing;
    }

    // Objects in plain sight that no state lists. What lies inside a stream, such as an attached PDF, belongs to that. An object
    // that is listed at a wrong place, and stands but once, is the one that is meant.
    private bool HasStray(Structure newest, PdfObjects objects)
    {
        _places.Sort();
        var shift = Math.Max(0, _bytes.At(0, HeaderReach).IndexOf("%PDF-"u8));
        var marks = _bytes.Find(ObjectMark, MostObjects, _stop);
        var stray = marks.Select(StartOf).OfType<long>().Where(start => !IsListed(start) && !IsListed(start - shift)).ToList();
        if (stray.Count == 0)
        {
            return marks.Count >= MostObjects;
        }

        var standing = marks.Select(StartOf).OfType<long>().Select(ReferenceAt).CountBy(r => r).ToDictionary();
        return marks.Count >= MostObjects || stray.Exists(start =>
            !(standing[ReferenceAt(start)] == 1 && newest.CrossReferenceTable.ObjectOffsets.TryGetValue(ReferenceAt(start), out var location) && location.Type == XrefEntryType.File)
            && !IsInside(start - shift, objects));
    }

    private IndirectReference ReferenceAt(long start)
    {
        _stop.ThrowIfCancellationRequested();
        var lexer = new PdfLexer(_bytes.At(start, MostStray * 2));
        return lexer.NextIsObject(out var number, out var generation) ? new IndirectReference(number, (int)generation) : default;
    }

    // The place of "12 0 obj", of which the last word stands at the mark; null when it is something else.
    private long? StartOf(long mark)
    {
        _stop.ThrowIfCancellationRequested();
        var from = Math.Max(0, mark - MostStray);
        var before = _bytes.At(from, (int)(mark - from));
        for (var number = 0; number < 2; number++)
        {
            var gap = before.LastIndexOfAnyExcept(Blanks) + 1;
            var first = before[..gap].LastIndexOfAnyExceptInRange((byte)'0', (byte)'9') + 1;
            if (gap == before.Length || first == gap)
            {
                return null;
            }

            before = before[..first];
        }

        return from + before.Length;
    }

    // Some writers list the end of the line before.
    private bool IsListed(long start)
    {
        var at = _places.BinarySearch(start);
        return at >= 0 || (~at > 0 && start - _places[~at - 1] <= 2);
    }

    private bool IsInside(long start, PdfObjects newest)
    {
        var at = ~_places.BinarySearch(start) - 1;
        var head = at < 0 ? default : _bytes.At(_places[at], MostHead);
        return new PdfLexer(head).NextIsObject(out var number, out var generation) && head.IndexOf("stream"u8) is >= 0 and var begin
            && newest.Find(new IndirectReference(number, (int)generation)) is StreamToken stream && start < _places[at] + begin + stream.Data.Length;
    }

    /// <summary>The beginning of a file: what it was before something was appended.</summary>
    private sealed class Beginning(FileContent whole, long length) : FileContent
    {
        public override long Length => length;

        public override ReadOnlyMemory<byte>? Memory => whole.Memory?[..(int)length];

        public override int Read(long offset, Span<byte> target) =>
            offset >= length ? 0 : whole.Read(offset, target[..(int)Math.Min(target.Length, length - offset)]);
    }
}
