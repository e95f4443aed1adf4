using System.Globalization;
using BitMiracle.LibTiff.Classic;
using Lantai.Characterization.Examination;

namespace Lantai.Characterization.Images;

/// <summary>Unpacks the strips and tiles of pages that were walked before.</summary>
internal static class TiffUnpacking
{
    // The library tells what it meets to one handler of the whole process, on the console unless told otherwise. This one
    // holds nothing: it hands on to the log of the file, which the library passes through.
    private static readonly TiffErrorHandler Handler = Install();

    /// <summary>Unpacks all; stops the walk at the first strip that does not unpack.</summary>
    public static void Read(PlacedReader reader, List<TiffPage> pages, ExaminationNotes notes, ExaminationLimits limits)
    {
        _ = Handler;
        if (pages.Count == 0)
        {
            return;
        }

        var log = new TiffLog();
        using var tiff = Guard(() => Tiff.ClientOpen(notes.Subject, "r", log, new TiffSource(reader)), "IFD")
            ?? throw WalkStoppedException.Broken("IFD", log.WhatFailed ?? "not-unpackable");
        foreach (var page in pages)
        {
            if (page.PieceLength > limits.MaxWhole)
            {
                throw WalkStoppedException.NotCheckable("too-long");
            }

            var part = WalkStoppedException.Place("IFD", page.Place);
            if (!Guard(() => tiff.SetSubDirectory(page.Place), part))
            {
                throw WalkStoppedException.Broken(part, "not-unpackable");
            }

            ReadPage(tiff, page, part, log, limits, reader);
        }
    }

    private static void ReadPage(Tiff tiff, TiffPage page, string part, TiffLog log, ExaminationLimits limits, PlacedReader reader)
    {
        var length = Guard(() => page.IsTiled ? tiff.TileSize() : tiff.StripSize(), part);
        var pieces = Guard(() => page.IsTiled ? tiff.NumberOfTiles() : tiff.NumberOfStrips(), part);
        if (length <= 0 || length > limits.MaxWhole || pieces > page.Pieces)
        {
            throw WalkStoppedException.NotCheckable("too-long");
        }

        var buffer = new byte[length];
        for (var i = 0; i < pieces; i++)
        {
            reader.Cancellation.ThrowIfCancellationRequested();
            var piece = string.Create(CultureInfo.InvariantCulture, $"{part}/{i}");
            var index = i;
            log.Clear();
            var count = Guard(() => page.IsTiled ? tiff.ReadEncodedTile(index, buffer, 0, length) : tiff.ReadEncodedStrip(index, buffer, 0, length), piece);
            if (count < 0 || log.WhatFailed is not null)
            {
                throw WalkStoppedException.Broken(piece, "not-unpackable");
            }
        }
    }

    // The library throws whatever its arithmetic meets in a bad strip; what is not about the strip passes.
    private static T Guard<T>(Func<T> call, string part)
    {
        try
        {
            return call();
        }
        catch (Exception e) when (e is not (OperationCanceledException or OutOfMemoryException or IOException or WalkStoppedException))
        {
            throw WalkStoppedException.Broken(part, "not-unpackable");
        }
    }

    private static TiffErrorHandler Install()
    {
        var handler = new QuietHandler();
        _ = Tiff.SetErrorHandler(handler);
        return handler;
    }

    /// <summary>What the library said of one file.</summary>
    private sealed class TiffLog
    {
        /// <summary>The fault, when there was one since the last clearing.</summary>
        public string? WhatFailed { get; private set; }

        /// <summary>Forgets it.</summary>
        public void Clear() => WhatFailed = null;

        /// <summary>Notes a failure.</summary>
        public void Fail() => WhatFailed = "not-unpackable";
    }

    private sealed class QuietHandler : TiffErrorHandler
    {
        public override void ErrorHandler(Tiff tif, string method, string format, params object[] args)
        {
            // the other form is always called too, and knows the file
        }

        public override void ErrorHandlerExt(Tiff tif, object clientData, string method, string format, params object[] args) => (clientData as TiffLog)?.Fail();

        public override void WarningHandler(Tiff tif, string method, string format, params object[] args)
        {
            // as above
        }

        // A fax line that does not fit is a warning to the library and a damaged page to us.
        public override void WarningHandlerExt(Tiff tif, object clientData, string method, string format, params object[] args)
        {
            if (method is not null && method.StartsWith("Fax", StringComparison.Ordinal))
            {
                (clientData as TiffLog)?.Fail();
            }
        }
    }

    private sealed class TiffSource(PlacedReader reader) : TiffStream
    {
        private long _position;

        public override int Read(object clientData, byte[] buffer, int offset, int count)
        {
            reader.Cancellation.ThrowIfCancellationRequested();
            var read = _position >= reader.Length ? 0 : reader.Content.Read(_position, buffer.AsSpan(offset, count));
            _position += read;
            return read;
        }

        public override void Write(object clientData, byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(object clientData, long offset, SeekOrigin origin) => _position = Math.Max(0, origin switch
        {
            SeekOrigin.Begin => offset,
            SeekOrigin.Current => _position + offset,
            _ => reader.Length + offset,
        });

        public override void Close(object clientData)
        {
            // the file stays the caller's
        }

        public override long Size(object clientData) => reader.Length;
    }
}
