using System.Buffers.Binary;
using System.IO.Compression;
using BitMiracle.LibJpeg.Classic;
using BitMiracle.LibTiff.Classic;

namespace Lantai.Tests.Characterization.Images;

/// <summary>Small images made byte by byte or by the encoders of the libraries.</summary>
internal static class HandMadeImages
{
    internal static byte[] Png(int width = 40, int height = 30, int bits = 8, int colour = 2, bool isInterlaced = false, params (string Type, byte[] Body)[] more)
    {
        var samples = colour switch { 0 or 3 => 1, 2 => 3, 4 => 2, _ => 4 };
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9], header[12]) = ((byte)bits, (byte)colour, (byte)(isInterlaced ? 1 : 0));
        var packed = Zip(isInterlaced ? Interlaced(width, height, bits * samples) : Rows(width, height, bits * samples));
        var half = packed.Length / 2;
        return [0x89, .. "PNG\r\n\u001a\n"u8, .. Chunk("IHDR", header), .. more.SelectMany(m => Chunk(m.Type, m.Body)), .. Chunk("IDAT", packed[..half]), .. Chunk("IDAT", packed[half..]), .. Chunk("IEND", [])];
    }

    internal static byte[] Chunk(string type, byte[] body)
    {
        byte[] named = [.. type.Select(c => (byte)c), .. body];
        return [.. Big(body.Length), .. named, .. Big(unchecked((int)System.IO.Hashing.Crc32.HashToUInt32(named)))];
    }

    internal static byte[] Zip(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var zip = new ZLibStream(packed, CompressionLevel.Optimal))
        {
            zip.Write(bytes);
        }

        return packed.ToArray();
    }

    internal static byte[] Big(long value) => [(byte)(value >> 24), (byte)(value >> 16), (byte)(value >> 8), (byte)value];

    internal static byte[] Little(long value) => [(byte)value, (byte)(value >> 8), (byte)(value >> 16), (byte)(value >> 24)];

    internal static byte[] Little16(int value) => [(byte)value, (byte)(value >> 8)];

    private static byte[] Rows(int width, int height, int bitsOfPixel)
    {
        var row = 1 + (((width * bitsOfPixel) + 7) / 8);
        var bytes = new byte[row * height];
        new Random(5).NextBytes(bytes);
        for (var y = 0; y < height; y++)
        {
            bytes[y * row] = (byte)(y % 5);
        }

        return bytes;
    }

    private static byte[] Interlaced(int width, int height, int bitsOfPixel)
    {
        (int X, int Y, int DX, int DY)[] passes = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)];
        return [.. passes.Select(p => ((width - p.X + p.DX - 1) / p.DX, (height - p.Y + p.DY - 1) / p.DY)).Where(p => p.Item1 > 0).SelectMany(p => Rows(p.Item1, p.Item2, bitsOfPixel))];
    }

    internal static byte[] Jpeg(int width = 48, int height = 40, bool isProgressive = false, int components = 3)
    {
        using var target = new MemoryStream();
        var image = new jpeg_compress_struct(new jpeg_error_mgr()) { Image_width = width, Image_height = height, Input_components = components, In_color_space = components == 1 ? J_COLOR_SPACE.JCS_GRAYSCALE : J_COLOR_SPACE.JCS_RGB };
        image.jpeg_stdio_dest(target);
        image.jpeg_set_defaults();
        image.jpeg_set_quality(90, true);
        image.Density_unit = DensityUnit.DotsInch;
        (image.X_density, image.Y_density) = (300, 300);
        if (isProgressive)
        {
            image.jpeg_simple_progression();
        }

        image.jpeg_start_compress(true);
        var (row, random) = (new byte[width * components], new Random(3));
        for (var y = 0; y < height; y++)
        {
            random.NextBytes(row);
            _ = image.jpeg_write_scanlines([row], 1);
        }

        image.jpeg_finish_compress();
        return target.ToArray();
    }

    internal static byte[] Tiff(Compression compression, int pages = 1, bool isTiled = false, bool isBilevel = false, int rows = 8, bool isYcbcr = false)
    {
        using var target = new MemoryStream();
        using (var tiff = BitMiracle.LibTiff.Classic.Tiff.ClientOpen("made", "w", target, new TiffStream()))
        {
            for (var page = 0; page < pages; page++)
            {
                WritePage(tiff, compression, isTiled, isBilevel, rows, isYcbcr);
            }
        }

        return target.ToArray();
    }

    private static void WritePage(Tiff tiff, Compression compression, bool isTiled, bool isBilevel, int rows, bool isYcbcr)
    {
        tiff.SetField(TiffTag.IMAGEWIDTH, 64);
        tiff.SetField(TiffTag.IMAGELENGTH, 48);
        tiff.SetField(TiffTag.BITSPERSAMPLE, isBilevel ? 1 : 8);
        tiff.SetField(TiffTag.SAMPLESPERPIXEL, isBilevel ? 1 : 3);
        tiff.SetField(TiffTag.PHOTOMETRIC, isBilevel ? Photometric.MINISWHITE : Photometric.RGB);
        tiff.SetField(TiffTag.PLANARCONFIG, PlanarConfig.CONTIG);
        tiff.SetField(TiffTag.COMPRESSION, compression);
        tiff.SetField(TiffTag.XRESOLUTION, 300.0);
        tiff.SetField(TiffTag.YRESOLUTION, 300.0);
        tiff.SetField(TiffTag.RESOLUTIONUNIT, ResUnit.INCH);
        tiff.SetField(TiffTag.SOFTWARE, "Scanner 1");
        if (isYcbcr)
        {
            tiff.SetField(TiffTag.PHOTOMETRIC, Photometric.YCBCR);
            tiff.SetField(TiffTag.JPEGCOLORMODE, JpegColorMode.RGB);
        }

        var random = new Random(9);
        if (isTiled)
        {
            tiff.SetField(TiffTag.TILEWIDTH, 32);
            tiff.SetField(TiffTag.TILELENGTH, 32);
        }
        else
        {
            tiff.SetField(TiffTag.ROWSPERSTRIP, rows);
        }

        var piece = new byte[isTiled ? tiff.TileSize() : tiff.StripSize()];
        for (var i = 0; i < (isTiled ? tiff.NumberOfTiles() : tiff.NumberOfStrips()); i++)
        {
            random.NextBytes(piece);
            Array.Clear(piece, 0, piece.Length / 2);
            _ = isTiled ? tiff.WriteEncodedTile(i, piece, piece.Length) : tiff.WriteEncodedStrip(i, piece, piece.Length);
        }

        _ = tiff.WriteDirectory();
    }

    /// <summary>A GIF whose codes all have nine bits: a clear code stands before the table could grow.</summary>
    internal static byte[] Gif(int width = 20, int height = 10)
    {
        var (bits, count, codes) = (0u, 0, new List<byte>());
        for (var pixel = 0; pixel < width * height; pixel++)
        {
            if (pixel % 100 == 0)
            {
                Put(256);
            }

            Put(pixel % 256);
        }

        Put(257);
        Put(0);
        List<byte> blocks = [];
        foreach (var block in codes.Chunk(255))
        {
            blocks.AddRange([(byte)block.Length, .. block]);
        }

        return [.. "GIF89a"u8, .. Little16(width), .. Little16(height), 0xF7, 0, 0, .. new byte[768],
            0x21, 0xFE, 2, (byte)'h', (byte)'i', 0,
            0x2C, 0, 0, 0, 0, .. Little16(width), .. Little16(height), 0, 8, .. blocks, 0, 0x3B];

        void Put(int code)
        {
            bits |= (uint)code << count;
            for (count += 9; count >= 8; count -= 8)
            {
                codes.Add((byte)bits);
                bits >>= 8;
            }
        }
    }

    internal static byte[] Bmp(int width = 10, int height = 6)
    {
        var pixels = ((width * 24) + 31) / 32 * 4 * height;
        return [.. "BM"u8, .. Little(54 + pixels), .. Little(0), .. Little(54), .. Little(40), .. Little(width), .. Little(height), 1, 0, 24, 0,
            .. Little(0), .. Little(pixels), .. Little(11811), .. Little(11811), .. Little(0), .. Little(0), .. new byte[pixels]];
    }

    internal static byte[] PackedBmp() =>
        [.. "BM"u8, .. Little(54 + 8 + 14), .. Little(0), .. Little(62), .. Little(40), .. Little(8), .. Little(2), 1, 0, 8, 0,
            .. Little(1), .. Little(14), .. Little(0), .. Little(0), .. Little(2), .. Little(0), .. new byte[8],
            5, 1, 0, 3, 1, 2, 3, 0, 0, 0, 8, 1, 0, 1];

    internal static byte[] WebP()
    {
        byte[] picture = [0x10, 0, 0, 0x9D, 0x01, 0x2A, .. Little16(320), .. Little16(200), .. new byte[31]];
        byte[] chunks = [.. "WEBP"u8, .. "VP8 "u8, .. Little(picture.Length), .. picture, 0];
        return [.. "RIFF"u8, .. Little(chunks.Length), .. chunks];
    }

    internal static byte[] Jpeg2000()
    {
        byte[] size = [0xFF, 0x51, 0, 41, 0, 0, .. Big(640), .. Big(480), .. Big(0), .. Big(0), .. Big(640), .. Big(480), .. Big(0), .. Big(0), 0, 1, 7, 1, 1];
        byte[] tile = [0xFF, 0x90, 0, 10, 0, 0, .. Big(14 + 20), 0, 1, 0xFF, 0x93, .. new byte[20]];
        byte[] code = [0xFF, 0x4F, .. size, .. tile, 0xFF, 0xD9];
        byte[] header = Box("ihdr", [.. Big(480), .. Big(640), 0, 1, 7, 7, 0, 0]);
        return [.. Box("jP  ", [0x0D, 0x0A, 0x87, 0x0A]), .. Box("ftyp", "jp2 \0\0\0\0jp2 "u8.ToArray()), .. Box("jp2h", [.. header, .. Box("colr", [1, 0, 0, .. Big(17)])]), .. Box("jp2c", code)];
    }

    internal static byte[] Box(string kind, byte[] body) => [.. Big(body.Length + 8), .. kind.Select(c => (byte)c), .. body];
}
