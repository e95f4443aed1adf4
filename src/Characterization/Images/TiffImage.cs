using System.Globalization;
using Lantai.Characterization.Examination;

namespace Lantai.Characterization.Images;

/// <summary>
/// TIFF 6.0 and BigTIFF: every directory and every strip and tile lies in the file; what is packed is unpacked. The walk
/// comes first and bounds what the library is then asked for.
/// </summary>
internal sealed class TiffImage(PlacedReader reader, ExaminationNotes notes, ExaminationLimits limits)
{
    private const int MostPages = 10_000;
    private const int MostPieces = 1_000_000;
    private const int MostScans = 64;
    private const int SubDirectories = 330;
    private const int Profile = 34675;

    private readonly HashSet<long> _seen = [];
    private readonly List<TiffPage> _packed = [];
    private bool _isLittle;
    private bool _isBig;
    private int _pages;
    private bool _hasUnknown;

    /// <summary>Reads the file to its end.</summary>
    public void Read()
    {
        _isLittle = reader.U8(0) == 'I';
        _isBig = (_isLittle ? reader.Little16(2) : reader.Big16(2)) == 43;
        var first = _isBig ? Wide(8) : Narrow(4);
        if (first < 8)
        {
            throw WalkStoppedException.Broken("IFD", first, "missing-part");
        }

        for (var next = first; next != 0;)
        {
            var directory = Walk(next, isFirst: next == first);
            next = directory.Next;
        }

        notes.Set("pages", _pages);
        TiffUnpacking.Read(reader, _packed, notes, limits);
        if (_hasUnknown)
        {
            notes.NotCheckable("not-decoded");
        }

        notes.Readable();
    }

    private TiffDirectory Walk(long place, bool isFirst)
    {
        reader.Step();
        if (!_seen.Add(place))
        {
            throw WalkStoppedException.Broken("IFD", place, "loop");
        }

        if (++_pages > MostPages)
        {
            throw WalkStoppedException.NotCheckable("too-many-parts");
        }

        var directory = TiffDirectory.Read(reader, place, _isLittle, _isBig);
        var page = TiffPage.Of(directory);
        if (isFirst)
        {
            Describe(directory, page);
        }

        // A preview or a mask beside the picture is looked into as a page is, but it is none.
        if (directory.Find(SubDirectories) is { Count: <= 64 } subs)
        {
            for (var i = 0; i < subs.Count; i++)
            {
                WalkBeside(directory.Value(subs, i));
            }
        }

        Check(page, directory);
        return directory;
    }

    private void WalkBeside(long place)
    {
        reader.Step();
        if (!_seen.Add(place))
        {
            throw WalkStoppedException.Broken("IFD", place, "loop");
        }

        var directory = TiffDirectory.Read(reader, place, _isLittle, _isBig);
        Check(TiffPage.Of(directory), directory);
    }

    private void Check(TiffPage page, TiffDirectory directory)
    {
        var part = WalkStoppedException.Place("IFD", page.Place);
        if (page.Width <= 0 || page.Height <= 0)
        {
            throw WalkStoppedException.Broken(part, "no-pixels");
        }

        if (page.Width > limits.MaxPixels || page.Height > limits.MaxPixels / page.Width || page.Samples is < 1 or > 64 || page.Bits is < 1 or > 64)
        {
            throw WalkStoppedException.NotCheckable("too-many-pixels");
        }

        if (directory.Find(page.IsTiled ? 324 : 273) is not { } offsets || directory.Find(page.IsTiled ? 325 : 279) is not { } lengths)
        {
            // Writers of one uncompressed strip leave its length out now and then; old JPEG has places of its own.
            _hasUnknown = true;
            return;
        }

        if (page.Pieces > MostPieces)
        {
            throw WalkStoppedException.NotCheckable("too-many-parts");
        }

        if (offsets.Count < page.Pieces || lengths.Count < page.Pieces)
        {
            throw WalkStoppedException.Broken(part, "missing-part");
        }

        for (long i = 0; i < page.Pieces; i++)
        {
            reader.Step();
            var (offset, length) = (directory.Value(offsets, i), directory.Value(lengths, i));
            var piece = string.Create(CultureInfo.InvariantCulture, $"{part}/{i}");
            reader.Demand(piece, offset, length);
            if (page.Compression == 1 && length < page.LengthOf(i))
            {
                throw WalkStoppedException.Broken(piece, "cut-off");
            }

            if (page.Compression == 7)
            {
                CountScans(offset, length);
            }
        }

        Keep(page);
    }

    // The library unpacks a JPEG strip in one call, which cannot be stopped: scans without end are refused before it.
    private void CountScans(long offset, long length)
    {
        var scans = 0;
        for (long at = offset, end = offset + length; at < end - 1;)
        {
            var some = reader.Some(at, (int)Math.Min(end - at, 1 << 16));
            scans += some.Count((ReadOnlySpan<byte>)[0xFF, 0xDA]);
            at += Math.Max(1, some.Length - 1);
        }

        if (scans > MostScans)
        {
            throw WalkStoppedException.NotCheckable("too-many-parts");
        }
    }

    private void Keep(TiffPage page)
    {
        if (page.IsPacked)
        {
            _packed.Add(page);
        }
        else
        {
            _hasUnknown |= page.Compression != 1;
        }
    }

    private void Describe(TiffDirectory directory, TiffPage page)
    {
        notes.Set("width", page.Width);
        notes.Set("height", page.Height);
        notes.Set("bits-per-sample", page.Bits);
        notes.Set("samples", page.Samples);
        notes.Set("compression", page.CompressionName);
        notes.Set("colour-model", page.ColourModel);
        Exif.Read(reader, directory, _isLittle, _isBig, notes);
        if (directory.Find(Profile) is { } profile)
        {
            ImageFacts.Profile(notes, reader.Content, profile.Offset, profile.Count);
        }
    }

    private long Narrow(long at) => _isLittle ? reader.Little32(at) : reader.Big32(at);

    private long Wide(long at) => _isLittle ? reader.Little64(at) : reader.Big64(at);
}
