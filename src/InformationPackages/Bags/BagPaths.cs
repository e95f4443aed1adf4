using System.Text;
using Lantai.Containers;
using Lantai.Words;

namespace Lantai.InformationPackages;

/// <summary>Reads paths as manifests and fetch lists write them (RFC 8493 §2.1.3, §2.2.3).</summary>
internal static class BagPaths
{
    /// <summary>
    /// The path of a line, decoded, or null when it leaves its place. Signs of other tools (<c>*</c>, <c>./</c>) are taken
    /// off with a warning.
    /// </summary>
    internal static byte[]? Read(string text, string file, bool isPayload, BagDeclaration declaration, BoundedFindings findings)
    {
        if (text is ['*', ..])
        {
            findings.Add(Finding.Warning("BAG-016", file, ("path", text)));
            text = text[1..];
        }

        if (text.StartsWith("./", StringComparison.Ordinal))
        {
            findings.Add(Finding.Warning("BAG-017", file, ("path", text)));
            text = text[2..];
        }

        var path = EncodeStrictly(Decode(text, declaration.IsStandard));
        var reason = path is null ? "encoding" : EntryPath.FindReason(path);
        reason ??= isPayload && !path.AsSpan().StartsWith("data/"u8) ? "not-payload" : null;
        if (reason is not null)
        {
            findings.Add(Finding.Error("BAG-008", file, ("path", text), ("reason", reason)));
            return null;
        }

        return path;
    }

    private static string Decode(string text, bool percentToo)
    {
        if (!text.Contains('%', StringComparison.Ordinal))
        {
            return text;
        }

        var decoded = text
            .Replace("%0A", "\n", StringComparison.OrdinalIgnoreCase)
            .Replace("%0D", "\r", StringComparison.OrdinalIgnoreCase);
        return percentToo ? decoded.Replace("%25", "%", StringComparison.Ordinal) : decoded;
    }

    private static byte[]? EncodeStrictly(string text)
    {
        try
        {
            return EntryName.OfText(text).Bytes.ToArray();
        }
        catch (EncoderFallbackException)
        {
            return null; // half of a surrogate pair, possible in UTF-16 tag files
        }
    }
}
