using System.Globalization;
using System.Text;
using Lantai.Containers;
using Lantai.Words;

namespace Lantai.InformationPackages;

/// <summary>What bagit.txt says: the version of BagIt and the encoding of the tag files (RFC 8493 §2.1.1).</summary>
internal sealed record BagDeclaration(int Major, int Minor, Encoding Encoding)
{
    private const string VersionLabel = "BagIt-Version";
    private const string EncodingLabel = "Tag-File-Character-Encoding";
    private const int MostBytes = 4096;

    /// <summary>Whether the rules of RFC 8493 apply and not those of the drafts before it.</summary>
    internal bool IsStandard => Major >= 1;

    internal static BagDeclaration? Read(string subject, Func<Stream> open, BoundedFindings findings)
    {
        var bytes = new byte[MostBytes];
        int length;
        using (var stream = open())
        {
            length = stream.ReadAtLeast(bytes, MostBytes, throwOnEndOfStream: false);
        }

        if (bytes.AsSpan(0, length).StartsWith("\uFEFF"u8))
        {
            return Refuse("byte-order-mark");
        }

        if (length == MostBytes || !System.Text.Unicode.Utf8.IsValid(bytes.AsSpan(0, length)))
        {
            return Refuse("length-or-encoding");
        }

        var lines = Encoding.UTF8.GetString(bytes, 0, length).ReplaceLineEndings("\n").Split('\n').ToList();
        if (lines[^1].Length == 0)
        {
            lines.RemoveAt(lines.Count - 1);
        }

        var blank = lines.RemoveAll(string.IsNullOrWhiteSpace) > 0;
        if (lines.Count != 2)
        {
            return Refuse("line-count");
        }

        if (Split(lines[0], VersionLabel) is not { } version || Split(lines[1], EncodingLabel) is not { } encodingName
            || ParseVersion(version.Value) is not { } number)
        {
            return Refuse("labels");
        }

        if (number is not ((1, 0) or (0, >= 93 and <= 97)))
        {
            findings.Add(Finding.Error("BAG-002", subject, ("version", version.Value)));
            return null;
        }

        if (blank || version.Loose || encodingName.Loose)
        {
            if (number.Major >= 1)
            {
                return Refuse("whitespace");
            }

            findings.Add(Finding.Warning("BAG-025", subject));
        }

        if (FindEncoding(encodingName.Value) is not { } encoding)
        {
            findings.Add(Finding.Error("BAG-003", subject, ("encoding", encodingName.Value)));
            return null;
        }

        return new BagDeclaration(number.Major, number.Minor, encoding);

        BagDeclaration? Refuse(string reason)
        {
            findings.Add(Finding.Error("BAG-001", subject, ("reason", reason)));
            return null;
        }
    }

    private static (string Value, bool Loose)? Split(string line, string label)
    {
        var colon = line.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0 || line[..colon].Trim() != label || line[(colon + 1)..].Trim() is not { Length: > 0 } value)
        {
            return null;
        }

        return (value, line != $"{label}: {value}");
    }

    private static (int Major, int Minor)? ParseVersion(string text)
    {
        var parts = text.Split('.');
        return parts.Length == 2
            && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var major)
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var minor)
                ? (major, minor)
                : null;
    }

    private static Encoding? FindEncoding(string name)
    {
        try
        {
            return CodePagesEncodingProvider.Instance.GetEncoding(name, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)
                ?? Encoding.GetEncoding(name, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);
        }
        catch (Exception unknown) when (unknown is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }
}
