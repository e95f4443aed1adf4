using System.Buffers.Binary;
using System.Text;

namespace Lantai.Cli.Demo.Paper;

/// <summary>A small ICC profile (ICC.1:2001-04) of the colours of sRGB with a gamma of 2.2, which PDF/A asks for where colours are those of a device.</summary>
internal static class DemoColourProfile
{
    private const int HeaderLength = 128;
    private const int EntryLength = 12;

    // Reference primaries of sRGB (IEC 61966-2-1), adapted to D50 by the Bradford method, the white of the connection space.
    private static readonly (string Tag, double X, double Y, double Z)[] Colours =
    [
        ("wtpt", 0.9642, 1, 0.8249), ("rXYZ", 0.43607, 0.22249, 0.01392), ("gXYZ", 0.38515, 0.71687, 0.09708), ("bXYZ", 0.14307, 0.06061, 0.7141),
    ];

    /// <summary>Makes the profile; every byte of it is fixed.</summary>
    public static byte[] Make()
    {
        var curve = "curv\0\0\0\0\0\0\0\u0001"u8.ToArray().Concat(new byte[] { 2, 0x33, 0, 0 }).ToArray(); // 2.2 as u8Fixed8Number
        List<(string Tag, byte[] Content)> tags =
        [
            ("desc", [.. "desc\0\0\0\0\0\0\0\u0005sRGB\0"u8, .. new byte[4 + 4 + 2 + 1 + 67 + 1]]),
            ("cprt", [.. "text\0\0\0\0None\0\0\0\0"u8]),
            .. Colours.Select(c => (c.Tag, (byte[])[.. "XYZ \0\0\0\0"u8, .. Fixed(c.X), .. Fixed(c.Y), .. Fixed(c.Z)])),
            ("rTRC", curve), ("gTRC", curve), ("bTRC", curve),
        ];
        var at = HeaderLength + 4 + (tags.Count * EntryLength);
        var profile = new byte[at + tags.Sum(t => Padded(t.Content))];
        BinaryPrimitives.WriteInt32BigEndian(profile, profile.Length);
        BinaryPrimitives.WriteInt32BigEndian(profile.AsSpan(8), 0x02400000); // version 2.4
        "mntrRGB XYZ "u8.CopyTo(profile.AsSpan(12));
        BinaryPrimitives.WriteInt16BigEndian(profile.AsSpan(24), 2026);
        profile[27] = profile[29] = 1;
        "acsp"u8.CopyTo(profile.AsSpan(36));
        ((byte[])[.. Fixed(0.9642), .. Fixed(1), .. Fixed(0.8249)]).CopyTo(profile.AsSpan(68));
        BinaryPrimitives.WriteInt32BigEndian(profile.AsSpan(HeaderLength), tags.Count);
        for (var i = 0; i < tags.Count; i++)
        {
            var entry = profile.AsSpan(HeaderLength + 4 + (i * EntryLength), EntryLength);
            _ = Encoding.ASCII.GetBytes(tags[i].Tag, entry);
            BinaryPrimitives.WriteInt32BigEndian(entry[4..], at);
            BinaryPrimitives.WriteInt32BigEndian(entry[8..], tags[i].Content.Length);
            tags[i].Content.CopyTo(profile.AsSpan(at));
            at += Padded(tags[i].Content);
        }

        return profile;
    }

    private static int Padded(byte[] content) => (content.Length + 3) / 4 * 4;

    private static byte[] Fixed(double number)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, (int)Math.Round(number * 65536)); // s15Fixed16Number
        return bytes;
    }
}
