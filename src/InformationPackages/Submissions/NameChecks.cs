using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Lantai.Containers;
using Lantai.Words;

namespace Lantai.InformationPackages;

/// <summary>
/// Sees the names of a submission one by one and warns of those that other systems could mix up or cannot hold. Keeps
/// 16 bytes for each name.
/// </summary>
internal sealed class NameChecks(BoundedFindings findings)
{
    private readonly HashSet<UInt128> _folded = [];

    internal void See(EntryName name)
    {
        if (!name.IsUtf8)
        {
            findings.Add(Finding.Warning("SIP-005", name.Display, ("basis", name.Basis)));
        }

        if (HasLongSegment(name.Bytes.Span))
        {
            findings.Add(Finding.Warning("SIP-006", name.Display));
        }

        if (!_folded.Add(Fold(name)))
        {
            findings.Add(Finding.Warning("SIP-004", name.Display));
        }
    }

    private static bool HasLongSegment(ReadOnlySpan<byte> path)
    {
        foreach (var range in path.Split((byte)'/'))
        {
            if (path[range].Length > 255)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The start of the digest of the name as a system sees it that keeps neither case nor normalisation apart.</summary>
    private static UInt128 Fold(EntryName name)
    {
        const int MostOnStack = 1024;
        Span<byte> digest = stackalloc byte[Digest.Size];
        var bytes = name.Bytes.Span;
        if (bytes.Length <= MostOnStack && Ascii.IsValid(bytes))
        {
            // Most names, and nothing is made of them: upper case is all that folding does to ASCII.
            Span<byte> upper = stackalloc byte[MostOnStack];
            _ = Ascii.ToUpper(bytes, upper, out var length);
            _ = SHA256.HashData(upper[..length], digest);
        }
        else
        {
            var text = name.Display.ToUpperInvariant();
            var folded = Encoding.UTF8.GetBytes(Ascii.IsValid(text) ? text : text.Normalize(NormalizationForm.FormC).ToUpperInvariant());
            _ = SHA256.HashData(folded, digest);
        }

        return BinaryPrimitives.ReadUInt128LittleEndian(digest);
    }
}
