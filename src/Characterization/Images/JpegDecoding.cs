using BitMiracle.LibJpeg.Classic;
using Lantai.Characterization.Examination;
using Lantai.Containers;
using Lantai.Words;

namespace Lantai.Characterization.Images;

/// <summary>Decodes a JPEG, to know that it can be decoded: nothing of the picture is kept.</summary>
internal static class JpegDecoding
{
    /// <summary>Decodes all; stops the walk when it is broken.</summary>
    public static void Read(PlacedReader reader)
    {
        var errors = new Warnings();
        try
        {
            Decode(new jpeg_decompress_struct(errors), reader);
        }
        catch (Exception e) when (e is not (OperationCanceledException or OutOfMemoryException or IOException))
        {
            // The library says everything by Exception itself; what is not about the picture passes.
            throw WalkStoppedException.Broken("SOS", "not-unpackable");
        }

        if (errors.HasDamage)
        {
            throw WalkStoppedException.Broken("SOS", "not-unpackable");
        }
    }

    private static void Decode(jpeg_decompress_struct image, PlacedReader reader)
    {
        image.jpeg_stdio_src(new CancellableStream(reader.Content.OpenStream(), reader.Cancellation));
        image.Progress = new jpeg_progress_mgr();
        image.Progress.OnProgress += (_, _) => reader.Cancellation.ThrowIfCancellationRequested();
        _ = image.jpeg_read_header(true);

        // Only the codes can be wrong, and all of them are read at any scale: the pixels are worked out at an eighth, and
        // no colours.
        image.Scale_num = 1;
        image.Scale_denom = 8;
        image.Out_color_space = image.Jpeg_color_space;
        image.Do_fancy_upsampling = false;
        image.Do_block_smoothing = false;
        image.Dct_method = J_DCT_METHOD.JDCT_IFAST;
        _ = image.jpeg_start_decompress();
        byte[][] row = [new byte[image.Output_width * image.Output_components]];
        while (image.Output_scanline < image.Output_height)
        {
            _ = image.jpeg_read_scanlines(row, 1);
        }

        _ = image.jpeg_finish_decompress();
    }

    private sealed class Warnings : jpeg_error_mgr
    {
        // Bytes between markers, and what programs write there, harm no picture; these do.
        private static readonly string[] Damage = ["premature end", "bad Huffman", "resync"];

        public bool HasDamage { get; private set; }

        public override void emit_message(int msg_level)
        {
            if (msg_level < 0)
            {
                var text = format_message();
                HasDamage |= Damage.Any(d => text.Contains(d, StringComparison.OrdinalIgnoreCase));
            }
        }

        public override void output_message()
        {
            // a server has no console to say it on
        }
    }
}

/// <summary>A stream for libraries that know no cancellation.</summary>
internal sealed class CancellableStream(Stream stream, CancellationToken cancellation) : SeekableStream
{
    public override long Length => stream.Length;

    public override long Position { get => stream.Position; set => stream.Position = value; }

    public override int Read(Span<byte> buffer)
    {
        cancellation.ThrowIfCancellationRequested();
        return stream.Read(buffer);
    }
}
