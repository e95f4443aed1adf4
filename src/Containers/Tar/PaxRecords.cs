using System.Buffers.Text;

namespace Lantai.Containers;

/// <summary>What an extended header says of an entry, or of all that follow (POSIX.1-2017 pax, "pax Extended Header").</summary>
internal sealed class PaxRecords
{
    internal byte[]? Path { get; private set; }

    internal long? Length { get; private set; }

    internal DateTimeOffset? Modified { get; private set; }

    /// <summary>Whether the entry is stored with holes left out, which is not read here.</summary>
    internal bool IsSparse { get; private set; }

    /// <summary>Takes over what a header says; false when it is not well formed. Keywords that mean nothing here are passed over.</summary>
    internal bool TryAdd(ReadOnlySpan<byte> content)
    {
        while (!content.IsEmpty)
        {
            if (!Utf8Parser.TryParse(content, out int length, out var digits) || digits >= content.Length || content[digits] != ' '
                || length <= digits + 1 || length > content.Length || content[length - 1] != '\n')
            {
                return false;
            }

            var record = content[(digits + 1)..(length - 1)];
            var cut = record.IndexOf((byte)'=');
            if (cut <= 0 || !Set(record[..cut], record[(cut + 1)..]))
            {
                return false;
            }

            content = content[length..];
        }

        return true;
    }

    private bool Set(ReadOnlySpan<byte> keyword, ReadOnlySpan<byte> value)
    {
        // An empty value takes back what a header before said.
        if (keyword.SequenceEqual("path"u8))
        {
            Path = value.IsEmpty ? null : value.ToArray();
        }
        else if (keyword.SequenceEqual("size"u8))
        {
            Length = null;
            if (!value.IsEmpty)
            {
                if (!Utf8Parser.TryParse(value, out long length, out var used) || used != value.Length || length < 0)
                {
                    return false;
                }

                Length = length;
            }
        }
        else if (keyword.SequenceEqual("mtime"u8))
        {
            Modified = ReadTime(value);
        }
        else if (keyword.StartsWith("GNU.sparse."u8))
        {
            IsSparse = true;
        }

        return true;
    }

    /// <summary>Seconds since 1970 with a decimal fraction, cut to 100 nanoseconds; null when out of range.</summary>
    private static DateTimeOffset? ReadTime(ReadOnlySpan<byte> value)
    {
        if (!Utf8Parser.TryParse(value, out decimal seconds, out var used) || used != value.Length || seconds is < -62_135_596_800m or >= 253_402_300_800m)
        {
            return null;
        }

        return DateTimeOffset.UnixEpoch.AddTicks((long)decimal.Floor(seconds * TimeSpan.TicksPerSecond));
    }
}
