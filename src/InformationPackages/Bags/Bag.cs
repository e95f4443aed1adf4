using System.Globalization;
using System.Text;
using Lantai.Containers;
using Lantai.Words;

namespace Lantai.InformationPackages;

/// <summary>
/// An opened bag: what its tag files declare, compared with the files as the package is walked. Every file is shown to
/// <see cref="See"/> by its path inside the bag, then <see cref="Finish"/> says what is missing.
/// </summary>
internal sealed class Bag(
    BagDeclaration declaration, ListedFiles listed, IReadOnlyList<KeyValuePair<string, string>> metadata,
    IReadOnlySet<byte[]> toFetch, BoundedFindings findings)
{
    private readonly uint _payloadManifests = listed.Manifests.Select((m, i) => m.IsPayload ? 1u << i : 0).Aggregate(0u, (a, b) => a | b);
    private readonly List<byte[]> _unlisted = [];
    private readonly Dictionary<byte[], byte[]> _aliases = new(BytesComparer.Instance);
    private bool _hasPayloadFolder;
    private long _payloadCount;
    private long _payloadBytes;

    internal IReadOnlyList<KeyValuePair<string, string>> Metadata => metadata;

    /// <summary>The identifier that the sender gave the bag, if one.</summary>
    internal string? ExternalIdentifier => Find("External-Identifier");

    internal IReadOnlyList<DeclaredDigest> DigestsOf(byte[] path) =>
        listed.DigestsOf(_aliases.GetValueOrDefault(path) ?? Spell(path));

    internal void See(byte[] path, bool isFolder, long length)
    {
        var isPayload = path.AsSpan().StartsWith("data/"u8);
        _hasPayloadFolder |= isPayload || (isFolder && path.AsSpan().SequenceEqual("data"u8));
        if (isFolder)
        {
            return;
        }

        _payloadCount += isPayload ? 1 : 0;
        _payloadBytes += isPayload ? length : 0;
        if (!listed.TrySee(Spell(path), out var mask))
        {
            if (isPayload)
            {
                _unlisted.Add(path);
            }
        }
        else if (isPayload)
        {
            DemandEverywhere(path, mask);
        }
    }

    internal void Finish()
    {
        if (!_hasPayloadFolder)
        {
            findings.Add(Finding.Error("BAG-021", BagReader.DeclarationName));
        }

        var missing = listed.All().Where(r => !r.Seen).Select(r => r.Path).ToList();
        MatchByNormalisation(missing);
        foreach (var path in _unlisted.Where(p => !_aliases.ContainsKey(p)))
        {
            findings.Add(Finding.Error("BAG-010", Show(path), ("manifest", NamePayloadManifests(0))));
        }

        foreach (var path in missing)
        {
            findings.Add(Finding.Error(toFetch.Contains(path) ? "BAG-013" : "BAG-009", Show(path)));
        }

        foreach (var path in toFetch.Where(p => !listed.Contains(p)))
        {
            findings.Add(Finding.Error("BAG-013", Show(path)));
        }

        CheckOxum();
    }

    // RFC 8493 §3: every payload manifest lists every payload file; the drafts asked for one of them.
    private void DemandEverywhere(byte[] path, uint mask)
    {
        var present = mask & _payloadManifests;
        if (present == 0 || (declaration.IsStandard && present != _payloadManifests))
        {
            findings.Add(Finding.Error("BAG-010", Show(path), ("manifest", NamePayloadManifests(present))));
        }
    }

    /// <summary>
    /// Matches a listed path that is not there with a file whose name differs only in Unicode normalisation (§5.2.1 there:
    /// systems change it while copying), and takes it off the missing ones.
    /// </summary>
    private void MatchByNormalisation(List<byte[]> missing)
    {
        if (!missing.Exists(p => !Ascii.IsValid(p)))
        {
            return;
        }

        var files = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (var path in listed.All().Where(r => r.Seen).Select(r => r.Path).Concat(_unlisted))
        {
            if (!Ascii.IsValid(path))
            {
                files[Normalise(path)] = path;
            }
        }

        _ = missing.RemoveAll(path =>
        {
            if (Ascii.IsValid(path) || !files.TryGetValue(Normalise(path), out var file))
            {
                return false;
            }

            findings.Add(Contradicts(path, file)
                ? Finding.Error("BAG-011", BagReader.DeclarationName, ("path", Show(path)))
                : Finding.Warning("BAG-018", Show(path)));
            if (!listed.Contains(file) && _aliases.TryAdd(file, path) && listed.TrySee(path, out var mask))
            {
                DemandEverywhere(file, mask);
            }

            return true;
        });
    }

    private bool Contradicts(byte[] path, byte[] other)
    {
        var others = listed.DigestsOf(other);
        return listed.DigestsOf(path).Exists(d => others.Exists(o => o.DeclaredIn == d.DeclaredIn && !o.Bytes.Span.SequenceEqual(d.Bytes.Span)));
    }

    private void CheckOxum()
    {
        foreach (var value in metadata.Where(m => m.Key.Equals("Payload-Oxum", StringComparison.OrdinalIgnoreCase)).Select(m => m.Value))
        {
            var parts = value.Split('.');
            if (parts.Length != 2
                || !long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var bytes)
                || !long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var count))
            {
                findings.Add(Finding.Warning("BAG-015", "Payload-Oxum", ("value", value)));
            }
            else if (bytes != _payloadBytes || count != _payloadCount)
            {
                findings.Add(Finding.Error("BAG-014", "Payload-Oxum", ("declared", value), ("found", $"{_payloadBytes}.{_payloadCount}")));
            }
        }
    }

    /// <summary>
    /// A path as the manifests spell it: its own bytes or, when those are in the encoding of the tag files, the same text in
    /// UTF-8, which is how listed paths are kept.
    /// </summary>
    private byte[] Spell(byte[] path)
    {
        if (listed.Contains(path) || declaration.Encoding.CodePage is 65001 or 1200 or 1201)
        {
            return path;
        }

        try
        {
            return Encoding.UTF8.GetBytes(declaration.Encoding.GetString(path));
        }
        catch (DecoderFallbackException)
        {
            return path; // not in that encoding: it stands for itself
        }
    }

    private string? Find(string label) =>
        metadata.Where(m => m.Key.Equals(label, StringComparison.OrdinalIgnoreCase) && m.Value.Length > 0).Select(m => m.Value).FirstOrDefault();

    private string NamePayloadManifests(uint except) =>
        string.Join(' ', listed.Manifests.Where((m, i) => m.IsPayload && (except & (1u << i)) == 0).Select(m => m.FileName));

    private static string Normalise(byte[] path) => EntryName.OfBytes(path).Display.Normalize(NormalizationForm.FormC);

    private static string Show(byte[] path) => EntryName.OfBytes(path).Display;
}
