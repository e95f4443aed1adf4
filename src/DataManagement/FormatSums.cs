using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Lantai.StoreFormat;
using Lantai.Words;

namespace Lantai.DataManagement;

/// <summary>Files of one format, one readability, one verdict and one year.</summary>
/// <param name="Format">Id of the format; null when it is not known.</param>
/// <param name="Readability"><c>readable</c>, <c>broken</c>, <c>notcheckable</c> or <c>notexamined</c>.</param>
/// <param name="Verdict">The policy's verdict at ingestion; null when nobody judged.</param>
/// <param name="Year">Year of completion, or of the last ingestion where none was declared.</param>
/// <param name="Files">Number of files of newest versions.</param>
/// <param name="Bytes">Sum of their lengths.</param>
public sealed record FormatSum(string? Format, string Readability, string? Verdict, int Year, long Files, long Bytes);

/// <summary>Sums by format, kept by the catalogue while events pass: what a newer version replaces is taken away again.</summary>
/// <remarks>Made for one transaction.</remarks>
internal sealed class FormatSums(IDocumentWriter writer)
{
    /// <summary>The collection of the sums.</summary>
    public const string Collection = "formats";

    private const int Most = 1024;

    private readonly SortedDictionary<string, (long Files, long Bytes)> _changes = new(StringComparer.Ordinal);

    /// <summary>What an AIP's document keeps of the formats that its ingestion counted; null when it counted none.</summary>
    public static IEnumerable<object>? TextsOf(IngestionDetail detail) =>
        detail.Characterization?.List("formats") is { Count: > 0 } formats
            ? formats.OfType<JsonMap>().Take(Most).Select(f => (object)string.Create(
                CultureInfo.InvariantCulture,
                $"{Plain(f.Text("format"))}|{Plain(f.Text("readability"))}|{Plain(f.Text("verdict"))}|{f.Number("files") ?? 0}|{f.Number("bytes") ?? 0}"))
            : null;

    /// <summary>Counts an AIP's newest version in place of the one before.</summary>
    public void Count(Document? before, Document after)
    {
        Add(before, -1);
        Add(after, 1);
    }

    /// <summary>
    /// Writes what has changed. A kind has its place from its name, and none when nothing is left of it: so the same events
    /// make the same documents, however they are cut into transactions.
    /// </summary>
    public void End()
    {
        foreach (var (kind, change) in _changes.Where(c => c.Value != default))
        {
            var id = IdOf(kind);
            var known = writer.Get(Collection, id);
            var files = change.Files + (known?.Number("files") ?? 0);
            var bytes = change.Bytes + (known?.Number("bytes") ?? 0);
            if (files == 0 && bytes == 0)
            {
                writer.Delete(Collection, id);
            }
            else
            {
                writer.Put(Collection, id, new Document(new JsonMap().Set("kind", kind).Set("files", files).Set("bytes", bytes)));
            }
        }
    }

    /// <summary>Reads the sums.</summary>
    public static IEnumerable<FormatSum> Read(IDocumentReader documents)
    {
        const int Page = 1000;
        for (long after = 0; ;)
        {
            var some = documents.Scan(Collection, after, Page);
            foreach (var one in some)
            {
                var parts = (one.Document.Text("kind") ?? "").Split('|');
                if (parts.Length == 4 && one.Document.Number("files") is { } files and > 0)
                {
                    yield return new FormatSum(
                        parts[1].Length > 0 ? parts[1] : null, parts[2], parts[3].Length > 0 ? parts[3] : null,
                        int.Parse(parts[0], CultureInfo.InvariantCulture), files, one.Document.Number("bytes") ?? 0);
                }
            }

            if (some.Count < Page)
            {
                yield break;
            }

            after = some[^1].Id;
        }
    }

    private void Add(Document? aip, int sign)
    {
        if (aip is null)
        {
            return;
        }

        var day = aip.Text("completed") ?? aip.Text("lastTime") ?? "";
        var year = day.Length >= 4 && int.TryParse(day.AsSpan(0, 4), NumberStyles.None, CultureInfo.InvariantCulture, out var said) ? said : 0;
        foreach (var text in aip.List("formats"))
        {
            var parts = text.Split('|');
            var kind = string.Create(CultureInfo.InvariantCulture, $"{year}|{parts[0]}|{parts[1]}|{parts[2]}");
            var (files, bytes) = _changes.GetValueOrDefault(kind);
            _changes[kind] = (files + (sign * long.Parse(parts[3], CultureInfo.InvariantCulture)), bytes + (sign * long.Parse(parts[4], CultureInfo.InvariantCulture)));
        }
    }

    private static long IdOf(string kind)
    {
        Span<byte> hash = stackalloc byte[Digest.Size];
        Digest.Of(Encoding.UTF8.GetBytes(kind)).CopyTo(hash);
        return (BinaryPrimitives.ReadInt64LittleEndian(hash) & (CanonicalJson.MaxInteger >> 1)) + 1; // ids are integers of canonical JSON too
    }

    // A detail is input: nothing in it may pass for another part of the key.
    private static string Plain(string? text) => text is null ? "" : text.Length > 100 || text.Contains('|', StringComparison.Ordinal) ? "?" : text;
}
