using System.Text;
using static Lantai.Tests.Characterization.Images.HandMadeImages;
using static Lantai.Tests.Characterization.Sound.HandMadeSound;

namespace Lantai.Tests.Characterization.Video;

/// <summary>Small moving images made byte by byte.</summary>
internal static class HandMadeVideo
{
    internal static byte[] Avi()
    {
        byte[] main = [.. Little(40000), .. new byte[12], .. Little(50), .. new byte[12], .. Little(320), .. Little(240), .. new byte[16]];
        byte[] stream = [.. Chunk32("strh", [.. "vidsMJPG"u8, .. new byte[48]]), .. Chunk32("strf", [.. Little(40), .. Little(320), .. Little(240), 1, 0, 24, 0, .. "MJPG"u8, .. new byte[20]])];
        byte[] header = List("hdrl", [.. Chunk32("avih", main), .. List("strl", stream)]);
        byte[] movie = List("movi", Chunk32("00dc", new byte[300]));
        byte[] chunks = [.. "AVI "u8, .. header, .. movie, .. Chunk32("idx1", [.. "00dc"u8, .. Little(16), .. Little(4), .. Little(300)])];
        return [.. "RIFF"u8, .. Little(chunks.Length), .. chunks];
    }

    private static byte[] List(string kind, byte[] body) => Chunk32("LIST", [.. Encoding.Latin1.GetBytes(kind), .. body]);

    internal static byte[] Mp4(string codec = "avc1", bool isMediaFirst = false)
    {
        byte[] type = Box("ftyp", [.. "isom"u8, .. Big(512), .. "isommp41"u8]);
        byte[] media = Box("mdat", new byte[500]);
        var start = type.Length + (isMediaFirst ? 8 : Movie(codec, 0).Length + 8);
        byte[] movie = Movie(codec, start);
        return isMediaFirst ? [.. type, .. media, .. movie] : [.. type, .. movie, .. media];
    }

    private static byte[] Movie(string codec, int start)
    {
        byte[] sample = Box(codec, [.. new byte[24], 2, 128, 1, 224, .. new byte[50]]);
        byte[] table = Box("stbl", [.. Box("stsd", [.. Big(0), .. Big(1), .. sample]), .. Box("stco", [.. Big(0), .. Big(1), .. Big(start)])]);
        byte[] media = Box("mdia", [.. Box("hdlr", [.. new byte[8], .. "vide"u8, .. new byte[13]]), .. Box("minf", table)]);
        byte[] track = Box("trak", [.. Box("tkhd", [.. new byte[76], .. Big(640 << 16), .. Big(480 << 16)]), .. media]);
        return Box("moov", [.. Box("mvhd", [.. Big(0), .. Big(0), .. Big(0), .. Big(1000), .. Big(2500), .. new byte[80]]), .. track]);
    }

    internal static byte[] Transport(int packets = 40)
    {
        byte[] association = Packet(0, [0, 0x00, 0xB0, 13, 0, 1, 0xC1, 0, 0, 0, 1, 0xE1, 0x00, 1, 2, 3, 4]);
        byte[] map = Packet(0x100, [0, 0x02, 0xB0, 23, 0, 1, 0xC1, 0, 0, 0xE1, 0x01, 0xF0, 0, 0x1B, 0xE1, 0x01, 0xF0, 0, 0x0F, 0xE1, 0x02, 0xF0, 0, 1, 2, 3, 4]);
        return [.. association, .. map, .. Enumerable.Range(0, packets).SelectMany(_ => Packet(0x101, []))];
    }

    private static byte[] Packet(int id, byte[] body) => [0x47, (byte)(0x40 | (id >> 8)), (byte)id, 0x10, .. body, .. Enumerable.Repeat((byte)0xFF, 184 - body.Length)];

    internal static byte[] Programme()
    {
        byte[] pack = [0, 0, 1, 0xBA, 0x44, 0, 4, 0, 4, 1, 0, 0, 3, 0xF8];
        byte[] picture = [0, 0, 1, 0xE0, 0, 60, 0x80, 0, 0, 0, 0, 1, 0xB3, 0x16, 0x01, 0x20, 0x13, .. new byte[49]];
        byte[] sound = [0, 0, 1, 0xC0, 0, 30, .. new byte[30]];
        return [.. pack, .. picture, .. pack, .. sound, .. pack, .. picture, 0, 0, 1, 0xB9];
    }

    internal static byte[] Mxf()
    {
        byte[] picture = Klv([6, 0xE, 0x2B, 0x34, 2, 0x53, 1, 1, 0xD, 1, 1, 1, 1, 1, 0x28, 0],
            [0x32, 0x03, 0, 4, .. Big(1920), 0x32, 0x02, 0, 4, .. Big(1080), 0x30, 0x01, 0, 8, .. Big(25), .. Big(1)]);
        byte[] essence = Klv([6, 0xE, 0x2B, 0x34, 1, 2, 1, 1, 0xD, 1, 3, 1, 0x15, 1, 5, 1], new byte[700]);
        byte[] header = Partition(2, 4, 0);
        var footer = header.Length + picture.Length + essence.Length;
        return [.. Partition(2, 4, footer), .. picture, .. essence, .. Partition(4, 4, footer)];
    }

    private static byte[] Partition(byte kind, byte status, int footer) =>
        Klv([6, 0xE, 0x2B, 0x34, 2, 5, 1, 1, 0xD, 1, 2, 1, 1, kind, status, 0], [0, 1, 0, 2, 0, 0, 0, 0, .. new byte[16], .. Big(0), .. Big(footer), .. new byte[56]]);

    private static byte[] Klv(byte[] key, byte[] body) => [.. key, 0x83, (byte)(body.Length >> 16), (byte)(body.Length >> 8), (byte)body.Length, .. body];

    internal static byte[] Matroska(bool isLive = false, bool isEncrypted = false)
    {
        byte[] coding = isEncrypted ? Element([0x6D, 0x80], Element([0x62, 0x40], Element([0x50, 0x35], []))) : [];
        byte[] track = Element([0xAE], [.. Element([0x83], [1]), .. Element([0x86], "V_VP9"u8.ToArray()), .. coding, .. Element([0xE0], [.. Element([0xB0], [2, 128]), .. Element([0xBA], [1, 224])])]);
        byte[] sound = Element([0xAE], [.. Element([0x83], [2]), .. Element([0x86], "A_OPUS"u8.ToArray()), .. Element([0xE1], [.. Element([0xB5], [0x47, 0x3B, 0x80, 0]), .. Element([0x9F], [2])])]);
        byte[] facts = Element([0x15, 0x49, 0xA9, 0x66], [.. Element([0x2A, 0xD7, 0xB1], [0x0F, 0x42, 0x40]), .. Element([0x44, 0x89], [0x45, 0x1C, 0x40, 0])]);
        byte[] segment = [.. facts, .. Element([0x16, 0x54, 0xAE, 0x6B], [.. track, .. sound]), .. Element([0x1F, 0x43, 0xB6, 0x75], new byte[] { 0xE7, 0x81, 0 }.Concat(Element([0xA3], new byte[300])).ToArray())];
        byte[] head = Element([0x1A, 0x45, 0xDF, 0xA3], Element([0x42, 0x82], "webm"u8.ToArray()));
        return isLive ? [.. head, 0x18, 0x53, 0x80, 0x67, 0x01, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, .. segment] : [.. head, .. Element([0x18, 0x53, 0x80, 0x67], segment)];
    }

    internal static byte[] Element(byte[] id, byte[] body) => [.. id, 0x10, .. Big(body.Length)[1..], .. body];
}
