using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Lantai.Words;

namespace Lantai.ArchivalStorage;

/// <summary>What the key of the waiting room is used for: one key made of it wraps the keys of packages, another salts the names of their files.</summary>
/// <param name="key">The 32 bytes of the key file.</param>
/// <remarks>Immutable, safe for concurrent use. spec/formats/waiting.md.</remarks>
internal sealed class WaitingKeys(ReadOnlySpan<byte> key)
{
    /// <summary>Wraps the keys of packages.</summary>
    public byte[] Wrap { get; } = Derive(key, "lantai waiting wrap 1"u8);

    private byte[] Naming { get; } = Derive(key, "lantai waiting name 1"u8);

    /// <summary>The name of the file of a package: nobody can tell it without the key, however much is known of the package.</summary>
    public Digest NameOf(string source, string number, Digest package)
    {
        using var mac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Naming);
        Span<byte> length = stackalloc byte[4];
        foreach (var part in (ReadOnlySpan<string>)[source, number, package.ToString()])
        {
            var bytes = Encoding.UTF8.GetBytes(part);
            BinaryPrimitives.WriteInt32LittleEndian(length, bytes.Length);
            mac.AppendData(length);
            mac.AppendData(bytes);
        }

        return new Digest(mac.GetHashAndReset());
    }

    private static byte[] Derive(ReadOnlySpan<byte> key, ReadOnlySpan<byte> use)
    {
        var derived = new byte[WaitingHeader.KeySize];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, key, derived, [], use);
        return derived;
    }
}
