using System.Globalization;
using System.Text;
using Lantai.Containers;
using Lantai.Words;

namespace Lantai.InformationPackages;

/// <summary>Reads the tag files of a bag: declaration, manifests, metadata and fetch list (RFC 8493; drafts 0.93 to 0.97).</summary>
internal sealed class BagReader(IReadOnlyDictionary<string, Func<Stream>> tagFiles, BoundedFindings findings)
{
    internal const string DeclarationName = "bagit.txt";

    private const int MostManifests = 32;
    private const long MostMetadataCharacters = 16 << 20;

    private BagDeclaration _declaration = new(1, 0, Encoding.UTF8);

    /// <summary>The bag, or null when it cannot be judged; files missing or left over are found later, while walking.</summary>
    internal Bag? Read()
    {
        if (BagDeclaration.Read(DeclarationName, tagFiles[DeclarationName], findings) is not { } declaration)
        {
            return null;
        }

        _declaration = declaration;
        var manifests = FindManifests();
        if (!manifests.Any(m => m.IsPayload))
        {
            findings.Add(Finding.Error("BAG-004", DeclarationName));
            return null;
        }

        var listed = new ListedFiles(manifests);
        for (var i = 0; i < manifests.Count; i++)
        {
            ReadManifest(listed, i);
        }

        var metadataName = tagFiles.ContainsKey("bag-info.txt") ? "bag-info.txt" : "package-info.txt";
        return new Bag(declaration, listed, ReadMetadata(metadataName), ReadFetchList(), findings);
    }

    private List<BagManifest> FindManifests()
    {
        var manifests = new List<BagManifest>();
        foreach (var name in tagFiles.Keys.Order(StringComparer.Ordinal))
        {
            var isTag = name.StartsWith("tagmanifest-", StringComparison.Ordinal);
            if ((!isTag && !name.StartsWith("manifest-", StringComparison.Ordinal)) || !name.EndsWith(".txt", StringComparison.Ordinal))
            {
                continue;
            }

            var start = name.IndexOf('-', StringComparison.Ordinal) + 1;
            var algorithm = name[start..^4];
            if (DigestAlgorithm.Find(algorithm) is { } known && manifests.Count < MostManifests)
            {
                manifests.Add(new BagManifest(name, known, !isTag));
            }
            else
            {
                findings.Add(Finding.Warning("BAG-005", name, ("algorithm", algorithm)));
            }
        }

        return manifests;
    }

    private void ReadManifest(ListedFiles listed, int index)
    {
        var manifest = listed.Manifests[index];
        foreach (var (number, line) in Lines(manifest.FileName))
        {
            var cut = line.AsSpan().IndexOfAny(' ', '\t');
            var path = cut < 0 ? "" : line[cut..].TrimStart(' ', '\t');
            if (path.Length == 0 || !TryParseDigest(line.AsSpan(0, cut), manifest.Algorithm.Size, out var digest))
            {
                findings.Add(Finding.Error("BAG-006", manifest.FileName, ("line", number)));
            }
            else if (BagPaths.Read(path, manifest.FileName, manifest.IsPayload, _declaration, findings) is { } bytes
                && !listed.Add(index, bytes, digest, out var same))
            {
                findings.Add(!same
                    ? Finding.Error("BAG-011", manifest.FileName, ("path", path))
                    : _declaration.IsStandard
                        ? Finding.Error("BAG-012", manifest.FileName, ("path", path))
                        : Finding.Warning("BAG-012", manifest.FileName, ("path", path)));
            }
        }
    }

    private static bool TryParseDigest(ReadOnlySpan<char> text, int size, out byte[] digest)
    {
        digest = new byte[size];
        return text.Length == size * 2
            && Convert.FromHexString(text, digest, out _, out _) == System.Buffers.OperationStatus.Done;
    }

    private List<KeyValuePair<string, string>> ReadMetadata(string fileName)
    {
        var fields = new List<KeyValuePair<string, string>>();
        var characters = 0L;
        foreach (var (number, line) in Lines(fileName))
        {
            characters += line.Length;
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (characters > MostMetadataCharacters)
            {
                findings.Add(Finding.Error("BAG-007", fileName, ("reason", "too-long")));
                break;
            }

            if (line[0] is ' ' or '\t' && fields.Count > 0)
            {
                fields[^1] = KeyValuePair.Create(fields[^1].Key, fields[^1].Value + " " + line.Trim());
            }
            else if (colon > 0)
            {
                fields.Add(KeyValuePair.Create(line[..colon].Trim(), line[(colon + 1)..].Trim()));
            }
            else
            {
                findings.Add(Finding.Warning("BAG-020", fileName, ("line", number)));
            }
        }

        return fields;
    }

    private HashSet<byte[]> ReadFetchList()
    {
        const string FileName = "fetch.txt";
        var paths = new HashSet<byte[]>(BytesComparer.Instance);
        foreach (var (number, line) in Lines(FileName))
        {
            var parts = line.Split([' ', '\t'], 3, StringSplitOptions.RemoveEmptyEntries);
            if (parts.Length < 3 || (parts[1] != "-" && !ulong.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out _)))
            {
                findings.Add(Finding.Error("BAG-006", FileName, ("line", number)));
            }
            else if (BagPaths.Read(parts[2], FileName, isPayload: true, _declaration, findings) is { } path)
            {
                _ = paths.Add(path);
            }
        }

        return paths;
    }

    /// <summary>The lines of a tag file that are not empty; none when there is no such file.</summary>
    private IEnumerable<(int Number, string Text)> Lines(string fileName)
    {
        if (!tagFiles.TryGetValue(fileName, out var open))
        {
            yield break;
        }

        using var lines = TagLines.Read(open, _declaration.Encoding).GetEnumerator();
        while (TryMove(lines, fileName))
        {
            var (number, text) = lines.Current;
            if (number == 1 && text is ['\uFEFF', ..])
            {
                findings.Add(Finding.Warning("BAG-019", fileName));
                text = text[1..];
            }

            if (text.Length > 0)
            {
                yield return (number, text);
            }
        }
    }

    private bool TryMove(IEnumerator<(int Number, string Text)> lines, string fileName)
    {
        try
        {
            return lines.MoveNext();
        }
        catch (DecoderFallbackException)
        {
            findings.Add(Finding.Error("BAG-007", fileName, ("reason", "encoding")));
        }
        catch (InvalidDataException)
        {
            findings.Add(Finding.Error("BAG-007", fileName, ("reason", "too-long")));
        }
        catch (ContentException bad)
        {
            findings.Add(bad.Finding);
        }

        return false;
    }
}
