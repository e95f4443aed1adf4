using System.Text;

namespace Lantai.Tests.Containers;

/// <summary>Writes tar files block by block, so that tests can make the ones that no program writes.</summary>
internal sealed class HandMadeTar
{
    private readonly List<byte> _file = [];

    /// <summary>Adds one header with its content; the checksum is made last unless the block is spoilt.</summary>
    public HandMadeTar Add(
        string name, byte[]? content = null, char type = '0', string magic = "ustar\00000", string? size = null, byte[]? rawName = null, string prefix = "", Action<byte[]>? spoil = null)
    {
        content ??= [];
        var block = new byte[512];
        (rawName ?? Encoding.UTF8.GetBytes(name)).CopyTo(block, 0);
        "0000644\0"u8.CopyTo(block.AsSpan(100));
        Encoding.ASCII.GetBytes((size ?? Convert.ToString(content.Length, 8).PadLeft(11, '0')) + "\0").CopyTo(block, 124);
        "14371573440\0"u8.CopyTo(block.AsSpan(136));
        block[156] = (byte)type;
        Encoding.ASCII.GetBytes(magic).CopyTo(block, 257);
        Encoding.UTF8.GetBytes(prefix).CopyTo(block, 345);
        spoil?.Invoke(block);
        block.AsSpan(148, 8).Fill((byte)' ');
        Encoding.ASCII.GetBytes(Convert.ToString(block.Sum(b => b), 8).PadLeft(6, '0') + "\0 ").CopyTo(block, 148);
        _file.AddRange(block);
        _file.AddRange(content);
        _file.AddRange(new byte[(512 - (content.Length % 512)) % 512]);
        return this;
    }

    public HandMadeTar Pax(char type, params (string Keyword, string Value)[] records) =>
        Add("pax", Encoding.UTF8.GetBytes(string.Concat(records.Select(r => Record(r.Keyword, r.Value)))), type);

    public byte[] End(int blocks = 2) => [.. _file, .. new byte[512 * blocks]];

    private static string Record(string keyword, string value)
    {
        var rest = $" {keyword}={value}\n";
        var length = Encoding.UTF8.GetByteCount(rest) + 1;
        while (length.ToString(System.Globalization.CultureInfo.InvariantCulture).Length + Encoding.UTF8.GetByteCount(rest) != length)
        {
            length++;
        }

        return length.ToString(System.Globalization.CultureInfo.InvariantCulture) + rest;
    }
}
