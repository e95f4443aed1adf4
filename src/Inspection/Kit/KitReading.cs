using System.Globalization;
using System.Security.Cryptography;
using Lantai.DataManagement;
using Lantai.Evidence;
using Lantai.RecordsManagement;
using Lantai.StoreFormat;
using Lantai.Words;

namespace Lantai.Inspection;

/// <summary>Reads a kit line by line into views like those of the store that it was taken from.</summary>
/// <param name="displayName">How findings call the file.</param>
/// <param name="findings">Receives what is wrong with it.</param>
/// <remarks>For one file. spec/formats/inspection-kit.md.</remarks>
internal sealed class KitReading(string displayName, ICollection<Finding> findings)
{
    private const int LongestLine = (2 * Document.MaxSize) + 4096;

    private static readonly HashSet<string> Known = [.. RecordsViews.All.SelectMany(v => v.Lookups).Select(l => l.Collection)];

    private readonly List<ExtractedDocument> _documents = [];
    private readonly HashSet<ulong> _hashes = [];
    private KitHeader? _header;

    /// <summary>The kit; null when it is none, was cut off or changed (INS-610, INS-611).</summary>
    /// <param name="file">The file, from its beginning.</param>
    /// <param name="key">The store's verifier key from elsewhere; null for the one that the kit itself names.</param>
    public InspectionKit? Read(Stream file, VerifierKey? key)
    {
        using var sha256 = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var buffered = new BufferedStream(file, 1 << 16);
        var lines = 0L;
        byte[]? line;
        while ((line = NextLine(buffered)) is [(byte)'{', ..])
        {
            sha256.AppendData(line);
            if (!Take(line.AsSpan(0, line.Length - 1), ++lines))
            {
                return null;
            }
        }

        return line is null || _header is null ? Refuse(lines + 1) : Seal(line, buffered, (lines, Convert.ToHexStringLower(sha256.GetHashAndReset())), key);
    }

    private InspectionKit? Seal(byte[] first, BufferedStream rest, (long Lines, string Sha256) found, VerifierKey? given)
    {
        var note = Rest(first, rest);
        if (note is null || !SignedNote.TryParse(note, out var parsed) || KitSeal.Read(parsed) is not { } seal)
        {
            return Refuse(found.Lines + 1);
        }

        var key = given ?? (VerifierKey.TryParse(_header!.Key, out var own) ? own : null);
        var isSigned = key is not null && key.Verifies(parsed);
        if (!isSigned || (seal.Lines, seal.Sha256, seal.Source, seal.Origin) != (found.Lines, found.Sha256, _header!.Source, _header.Origin))
        {
            findings.Add(Finding.Error("INS-611", displayName, ("kit-fault", isSigned ? "content" : "signature"), ("key", key?.Name ?? "-")));
            return null;
        }

        var documents = new MemoryDocumentStore([.. RecordsViews.All.SelectMany(v => v.Lookups)]);
        documents.Apply(writer => _documents.ForEach(d => writer.Put(d.Collection, d.Id, d.Document)));
        return new InspectionKit(_header, new ArchivingTerms(() => documents, new HeldInKit(Convert.FromHexString(_header.Salt), _hashes)), documents, _documents.Count);
    }

    private bool Take(ReadOnlySpan<byte> line, long number)
    {
        if (!CanonicalJson.TryRead(line, out var map))
        {
            return Refuse(number) is not null;
        }

        if (number == 1)
        {
            _header = KitHeader.Read(map, displayName, findings);
            return _header is not null || Refuse(number) is not null;
        }

        if (map.List("held") is { } held)
        {
            foreach (var hash in held)
            {
                if (!ulong.TryParse(hash as string, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value))
                {
                    return Refuse(number) is not null;
                }

                _ = _hashes.Add(value);
            }

            return true;
        }

        if (map.Text("collection") is not { } collection || !Known.Contains(collection) || map.Number("id") is not > 0 || map.Map("document") is not { } members
            || Document.Read(CanonicalJson.Write(members)) is not { } document)
        {
            return Refuse(number) is not null;
        }

        _documents.Add(new ExtractedDocument(collection, map.Number("id")!.Value, document));
        return true;
    }

    private InspectionKit? Refuse(long line)
    {
        findings.Add(Finding.Error("INS-610", displayName, ("line", line), ("expected", KitHeader.Format)));
        return null;
    }

    /// <summary>The next line with its newline; null at the end, and for a line that is longer than any of a kit.</summary>
    private static byte[]? NextLine(BufferedStream file)
    {
        var line = new MemoryStream();
        for (var next = file.ReadByte(); next >= 0; next = file.ReadByte())
        {
            line.WriteByte((byte)next);
            if (next == '\n')
            {
                return line.ToArray();
            }

            if (line.Length > LongestLine)
            {
                return null;
            }
        }

        return null;
    }

    private static byte[]? Rest(byte[] first, BufferedStream file)
    {
        var note = new MemoryStream();
        note.Write(first);
        for (var next = file.ReadByte(); next >= 0; next = file.ReadByte())
        {
            if (note.Length >= SignedNote.MaxLength)
            {
                return null;
            }

            note.WriteByte((byte)next);
        }

        return note.ToArray();
    }
}
