using System.Text;
using static Lantai.Tests.Characterization.Images.HandMadeImages;

namespace Lantai.Tests.Characterization.Sound;

/// <summary>Small sound files made byte by byte.</summary>
internal static class HandMadeSound
{
    internal static byte[] Chunk32(string kind, byte[] body) => [.. Encoding.Latin1.GetBytes(kind), .. Little(body.Length), .. body, .. new byte[body.Length & 1]];

    internal static byte[] Wave(int seconds = 1, params byte[][] more)
    {
        byte[] format = [1, 0, 2, 0, .. Little(8000), .. Little(32000), 4, 0, 16, 0];
        byte[] chunks = [.. "WAVE"u8, .. Chunk32("fmt ", format), .. more.SelectMany(m => m), .. Chunk32("data", new byte[32000 * seconds])];
        return [.. "RIFF"u8, .. Little(chunks.Length), .. chunks];
    }

    internal static byte[] WideWave()
    {
        byte[] format = [1, 0, 2, 0, .. Little(8000), .. Little(32000), 4, 0, 16, 0];
        const int length = 16000;
        byte[] Chunks(long all) => [.. "WAVE"u8, .. Chunk32("ds64", [.. Little(all), .. Little(0), .. Little(length), .. Little(0), .. new byte[12]]), .. Chunk32("fmt ", format), .. "data"u8, .. Little(0xFFFFFFFF), .. new byte[length]];
        return [.. "RF64"u8, .. Little(0xFFFFFFFF), .. Chunks(Chunks(0).Length)];
    }

    /// <summary>Frames of 128 kbit/s at 44.1 kHz, in front of them one with the number of frames.</summary>
    internal static byte[] Mp3(int frames = 20, bool hasTags = true)
    {
        byte[] frame = [0xFF, 0xFB, 0x90, 0x00, .. new byte[413]];
        var index = (byte[])frame.Clone();
        "Xing"u8.CopyTo(index.AsSpan(36));
        Big(1).CopyTo(index, 40);
        Big(frames).CopyTo(index, 44);
        byte[] head = hasTags ? [.. "ID3\u0003\0\0\0\0\0\u0014"u8, .. new byte[20]] : [];
        byte[] tail = hasTags ? [.. "TAG"u8, .. new byte[125]] : [];
        return [.. head, .. index, .. Enumerable.Range(0, frames).SelectMany(_ => frame), .. tail];
    }

    /// <summary>Frames of silence: one constant sample for each of two channels.</summary>
    internal static byte[] Flac(int frames = 5)
    {
        var total = frames * 4096L;
        var packed = (44100L << 44) | (1L << 41) | (15L << 36) | total;
        byte[] stream = [0x10, 0, 0x10, 0, 0, 0, 0, 0, 0, 0, .. Big(packed >> 32), .. Big(packed), .. Enumerable.Range(1, 16).Select(i => (byte)i)];
        return [.. "fLaC"u8, 0, 0, 0, 34, .. stream, 0x81, 0, 0, 4, 1, 2, 3, 4, .. Enumerable.Range(0, frames).SelectMany(Frame)];
    }

    private static byte[] Frame(int number)
    {
        byte[] head = [0xFF, 0xF8, 0xC9, 0x18, (byte)number];

        // A constant that looks like a sync code must not be taken for one.
        byte[] frame = [.. head, Crc8(head), 0x00, 0xFF, 0xF8, 0x00, 0x12, 0x34];
        var crc = Crc16(frame);
        return [.. frame, (byte)(crc >> 8), (byte)crc];
    }

    private static byte Crc8(byte[] bytes)
    {
        var crc = 0;
        foreach (var one in bytes)
        {
            crc ^= one;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 0x80) != 0 ? ((crc << 1) ^ 7) & 0xFF : crc << 1;
            }
        }

        return (byte)crc;
    }

    private static int Crc16(byte[] bytes)
    {
        var crc = 0;
        foreach (var one in bytes)
        {
            crc ^= one << 8;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 0x8000) != 0 ? ((crc << 1) ^ 0x8005) & 0xFFFF : crc << 1;
            }
        }

        return crc;
    }

    /// <summary>Vorbis by its first packet; the others are filling.</summary>
    internal static byte[] Ogg()
    {
        byte[] first = [1, .. "vorbis"u8, .. Little(0), 2, .. Little(44100), .. Little(0), .. Little(128000), .. Little(0), 0xB8, 1];
        return [.. Page(2, 0, 0, first), .. Page(0, 44100, 1, new byte[200]), .. Page(4, 88200, 2, new byte[100])];
    }

    internal static byte[] Page(int flags, long granule, int number, byte[] body)
    {
        byte[] page = [.. "OggS"u8, 0, (byte)flags, .. Little(granule), .. Little(0), .. Little(77), .. Little(number), .. Little(0), 1, (byte)body.Length, .. body];
        var crc = 0u;
        foreach (var one in page)
        {
            crc ^= (uint)one << 24;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 0x80000000) != 0 ? (crc << 1) ^ 0x04C11DB7 : crc << 1;
            }
        }

        Little(crc).CopyTo(page, 22);
        return page;
    }
}
