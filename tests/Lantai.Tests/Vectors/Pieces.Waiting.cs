using System.Text;
using Lantai.ArchivalStorage;
using Lantai.StoreFormat;
using Lantai.Tests.Faults;
using Lantai.Words;

namespace Lantai.Tests.Vectors;

/// <summary>A file of the waiting room, under a key that everybody knows: the bytes 00 to 1f.</summary>
internal static partial class Pieces
{
    private const string WaitingText = "行政许可决定书\n";

    private static readonly DateTimeOffset WaitingSince = new(2026, 1, 31, 8, 0, 0, TimeSpan.Zero);

    private static byte[] WaitingKey => [.. Enumerable.Range(0, 32).Select(i => (byte)i)];

    /// <summary>One file of one package.</summary>
    public static void WriteWaiting()
    {
        var disk = new MemoryDisk();
        var package = Digest.Of(Encoding.UTF8.GetBytes(WaitingText));
        using (var draft = new WaitingRoom(disk, _ => WaitingKey).Begin("yz-cases", "SP1", package, new JsonMap()
            .Set("format", "lantai-waiting/1").Set("source", "yz-cases").Set("number", "SP1").Set("package", package).Set("presenter", "os:clerk").Set("kind", "file").Set("form", "Auto")
            .Set("channel", new JsonMap().Set("kind", "Online").Set("authenticated", 1)).Set("name", new JsonMap().Set("path", "决定书.txt"))
            .Set("files", [new JsonMap().Set("path", "决定书.txt").Set("length", Encoding.UTF8.GetByteCount(WaitingText))]), WaitingSince, WaitingSince.AddDays(30)))
        {
            draft.Append(Encoding.UTF8.GetBytes(WaitingText));
            draft.Commit();
        }

        Keep("waiting-file", "waiting", disk[Assert.Single(disk.Paths)]);
    }

    /// <summary>What it says in clear and under its key, and by which name it is found.</summary>
    private static void DescribeWaiting(byte[] bytes, Action<(string Name, object Value)[]> say)
    {
        var name = new WaitingRoomName(WaitingKey).Of("yz-cases", "SP1", Digest.Of(Encoding.UTF8.GetBytes(WaitingText)));
        var room = new WaitingRoom(new MemoryDisk { [StoreLayout.WaitingFile(name)] = bytes }, _ => WaitingKey);
        var stay = Assert.Single(room.List());
        using var held = room.Open(name);
        held.Check(default);
        using var content = new StreamReader(held.OpenRead(0, held.Length), Encoding.UTF8);
        var request = Lantai.Ingest.HeldRequest.Read(held)!;
        Assert.Equal(("决定书.txt", held.Length), (request.Submitted.Package.Held!.Files[0].Path, request.Submitted.Package.Held.Files[0].Length));
        say(
        [
            ("name", name), ("since", StoreTime.Write(stay.Since)), ("until", StoreTime.Write(stay.Until)), ("bytes", stay.Bytes),
            ("about", Encoding.UTF8.GetString(CanonicalJson.Write(held.About))), ("text", content.ReadToEnd()),
        ]);
    }

    /// <summary>Names as spec/formats/waiting.md has them, written from the page.</summary>
    private sealed class WaitingRoomName(byte[] key)
    {
        public Digest Of(string source, string number, Digest package)
        {
            var naming = System.Security.Cryptography.HKDF.DeriveKey(System.Security.Cryptography.HashAlgorithmName.SHA256, key, 32, [], Encoding.ASCII.GetBytes("lantai waiting name 1"));
            var parts = new[] { source, number, package.ToString() }.Select(Encoding.UTF8.GetBytes);
            return new Digest(System.Security.Cryptography.HMACSHA256.HashData(naming, parts.SelectMany(p => (byte[])[.. BitConverter.GetBytes(p.Length), .. p]).ToArray()));
        }
    }
}
