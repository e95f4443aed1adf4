using System.Globalization;

namespace Lantai.Characterization.Images;

/// <summary>The shape of one page of a TIFF: how its pixels are cut into strips or tiles, and how these are packed.</summary>
internal sealed record TiffPage
{
    private const int OldJpeg = 6;
    private const int MostPhotometric = 10;

    /// <summary>Where its directory begins.</summary>
    public required long Place { get; init; }

    /// <summary>Columns.</summary>
    public required long Width { get; init; }

    /// <summary>Rows.</summary>
    public required long Height { get; init; }

    /// <summary>Bits of a sample.</summary>
    public required long Bits { get; init; }

    /// <summary>Samples of a pixel.</summary>
    public required long Samples { get; init; }

    /// <summary>Kind of packing; 1 is none.</summary>
    public required long Compression { get; init; }

    /// <summary>How samples become colours.</summary>
    public required long Photometric { get; init; }

    /// <summary>Whether each sample has strips of its own.</summary>
    public required bool IsPlanar { get; init; }

    /// <summary>Columns of a strip or tile.</summary>
    public required long PieceWidth { get; init; }

    /// <summary>Rows of a strip or tile.</summary>
    public required long PieceHeight { get; init; }

    /// <summary>Whether it is cut into tiles.</summary>
    public required bool IsTiled { get; init; }

    /// <summary>Whether YCbCr samples are fewer than pixels: lengths then follow other rules.</summary>
    public required bool IsSubsampled { get; init; }

    /// <summary>Strips or tiles in all.</summary>
    public long Pieces => PiecesOfPlane * (IsPlanar ? Samples : 1);

    /// <summary>Bytes of a whole strip or tile, unpacked.</summary>
    public long PieceLength => PieceHeight * (((PieceWidth * Bits * (IsPlanar ? 1 : Samples)) + 7) / 8);

    /// <summary>Whether the library unpacks it. What cameras write raw is packed in ways of their own under the same numbers.</summary>
    public bool IsPacked => Photometric <= MostPhotometric && (Compression is 2 or 3 or 4 or 5 or 8 or 32946 or 32773 || (Compression == 7 && Bits == 8));

    /// <summary>What the packing is called; its number when it has no name here.</summary>
    public string CompressionName => Compression switch
    {
        1 => "none",
        2 => "ccitt-rle",
        3 => "ccitt-g3",
        4 => "ccitt-g4",
        5 => "lzw",
        OldJpeg => "jpeg-old",
        7 => "jpeg",
        8 or 32946 => "deflate",
        32773 => "packbits",
        33003 or 33005 or 34712 => "jpeg2000",
        34661 => "jbig",
        34887 => "lerc",
        34925 => "lzma",
        50000 => "zstd",
        50001 => "webp",
        _ => Compression.ToString(CultureInfo.InvariantCulture),
    };

    /// <summary>What the colour model is called; its number when it has no name here.</summary>
    public string ColourModel => Photometric switch
    {
        0 or 1 => Bits == 1 ? "bilevel" : "grey",
        2 => Samples >= 4 ? "RGBA" : "RGB",
        3 => "palette",
        4 => "mask",
        5 => "CMYK",
        6 => "YCbCr",
        8 or 9 or 10 => "Lab",
        _ => Photometric.ToString(CultureInfo.InvariantCulture),
    };

    private long PiecesDown => (Height + PieceHeight - 1) / PieceHeight;

    private long PiecesOfPlane => PiecesDown * (IsTiled ? (Width + PieceWidth - 1) / PieceWidth : 1);

    /// <summary>The page of a directory. Widths and heights of pieces are never 0, nor more than the page has rows.</summary>
    public static TiffPage Of(TiffDirectory directory)
    {
        var isTiled = directory.Find(322) is not null && directory.Find(323) is not null;
        var (width, height) = (directory.Number(256, 0), directory.Number(257, 0));
        return new TiffPage
        {
            Place = directory.Place,
            Width = width,
            Height = height,
            Bits = directory.Number(258, 1),
            Samples = directory.Number(277, 1),
            Compression = directory.Number(259, 1),
            Photometric = directory.Number(262, 0),
            IsPlanar = directory.Number(284, 1) == 2,
            IsTiled = isTiled,
            PieceWidth = isTiled ? Math.Clamp(directory.Number(322, 1), 1, 1 << 20) : width,
            PieceHeight = isTiled ? Math.Clamp(directory.Number(323, 1), 1, 1 << 20) : Math.Clamp(directory.Number(278, height), 1, Math.Max(1, height)),
            IsSubsampled = directory.Number(262, 0) == 6 && directory.Find(530) is { } by && by.Count == 2 && (directory.Value(by, 0) > 1 || directory.Value(by, 1) > 1),
        };
    }

    /// <summary>The fewest bytes of an unpacked strip or tile; the last strip of a plane is shorter.</summary>
    public long LengthOf(long piece)
    {
        var rows = IsTiled || piece % PiecesOfPlane != PiecesOfPlane - 1 ? PieceHeight : Height - (PieceHeight * (PiecesDown - 1));
        var length = PieceLength / PieceHeight * rows;

        // Of 4:2:0 samples half is enough; less is never right.
        return IsSubsampled ? length / 3 : length;
    }
}
