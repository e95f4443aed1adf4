using System.Security.Cryptography;
using Lantai.Words;

namespace Lantai.StoreFormat;

/// <summary>The types of event that a store knows.</summary>
/// <remarks>spec/formats/event.md.</remarks>
public static class EventTypes
{
    /// <summary>The store was made: always sequence 0.</summary>
    public const string StoreCreated = "store created";

    /// <summary>A process became owner and is about to append.</summary>
    public const string OwnerEpoch = "owner epoch";

    /// <summary>A submission was kept as a version of an AIP.</summary>
    public const string Ingestion = "ingestion";

    /// <summary>A submission was refused and nothing of it was kept.</summary>
    public const string IngestionRefused = "ingestion refused";

    /// <summary>A pack was sealed.</summary>
    public const string PackSealed = "pack sealed";

    /// <summary>Stored bytes were checked.</summary>
    public const string FixityCheck = "fixity check";

    /// <summary>The log key was replaced by a new one.</summary>
    public const string KeyRotated = "key rotated";

    /// <summary>A key of SM2 was added, or took the place of one: from then on it signs every checkpoint too.</summary>
    public const string KeyAdded = "key added";

    /// <summary>An access copy left the archive.</summary>
    public const string Dissemination = "dissemination";
}

/// <summary>The part of an event that is kept for ever: no names, titles, paths or digests of content.</summary>
/// <param name="Type">Event type.</param>
/// <param name="Time">Time of the event, in milliseconds.</param>
/// <param name="Outcome"><c>success</c>, <c>refused</c> or <c>findings</c>.</param>
/// <param name="Account">Acting account, a random id.</param>
/// <remarks>spec/formats/event.md, "Record".</remarks>
public sealed record EventRecord(string Type, DateTimeOffset Time, string Outcome, Guid Account)
{
    /// <summary>Acting role.</summary>
    public string Role { get; init; } = "operator";

    /// <summary>AIP id.</summary>
    public Guid? Aip { get; init; }

    /// <summary>AIP version.</summary>
    public long? Version { get; init; }

    /// <summary>Digest of the version's manifest root.</summary>
    public Digest? Manifest { get; init; }

    /// <summary>Named counts.</summary>
    public IReadOnlyDictionary<string, long> Counts { get; init; } = new Dictionary<string, long>();

    /// <summary>Ids of the large objects that the version refers to.</summary>
    public IReadOnlyList<Guid> Objects { get; init; } = [];

    /// <summary>Name of the pack, for <see cref="EventTypes.PackSealed"/>.</summary>
    public Digest? Pack { get; init; }

    /// <summary>Digest of the detail frame.</summary>
    public Digest? Detail { get; init; }

    /// <summary>Legal basis.</summary>
    public string? Basis { get; init; }

    /// <summary>Reference code.</summary>
    public string? ReferenceCode { get; init; }

    /// <summary>The canonical JSON, without the salt.</summary>
    public byte[] ToBytes()
    {
        var map = new JsonMap()
            .Set("format", "lantai-record/1").Set("type", Type).Set("time", Time).Set("outcome", Outcome).Set("role", Role)
            .Set("account", Account).Set("aip", Aip).Set("version", Version).Set("manifest", Manifest).Set("pack", Pack)
            .Set("detail", Detail).Set("basis", Basis).Set("referenceCode", ReferenceCode);
        if (Counts.Count > 0)
        {
            var counts = new JsonMap();
            foreach (var (name, value) in Counts)
            {
                _ = counts.Set(name, value);
            }

            _ = map.Set("counts", counts);
        }

        if (Objects.Count > 0)
        {
            _ = map.Set("objects", Objects.Select(o => (object)o.ToString("D")));
        }

        return CanonicalJson.Write(map);
    }

    /// <summary>Reads canonical JSON; false when it has not the form.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out EventRecord record)
    {
        record = null!;
        if (!CanonicalJson.TryRead(bytes, out var map) || map.Text("format") != "lantai-record/1"
            || map.Text("type") is not { } type || map.Time("time") is not { } time || map.Text("outcome") is not ("success" or "refused" or "findings")
            || map.Text("role") is not { } role || map.Id("account") is not { } account
            || (type == EventTypes.Ingestion && (map.Digest("manifest") is null || map.Id("aip") is null || map.Number("version") is null))
            || (type == EventTypes.PackSealed && map.Digest("pack") is null))
        {
            return false;
        }

        var counts = (map.Map("counts")?.Members ?? new Dictionary<string, object>()).ToDictionary(c => c.Key, c => c.Value as long?);
        var objects = (map.List("objects") ?? []).Select(o => o is string text && Guid.TryParseExact(text, "D", out var id) ? id : (Guid?)null).ToList();
        if (counts.Values.Any(v => v is null) || objects.Any(o => o is null))
        {
            return false;
        }

        record = new EventRecord(type, time, map.Text("outcome")!, account)
        {
            Role = role,
            Aip = map.Id("aip"),
            Version = map.Number("version"),
            Manifest = map.Digest("manifest"),
            Pack = map.Digest("pack"),
            Detail = map.Digest("detail"),
            Basis = map.Text("basis"),
            ReferenceCode = map.Text("referenceCode"),
            Counts = counts.ToDictionary(c => c.Key, c => c.Value!.Value),
            Objects = objects.Select(o => o!.Value).ToList(),
        };
        return true;
    }
}

/// <summary>Salted JSON: the original bytes of record and detail frames.</summary>
/// <remarks>spec/formats/event.md.</remarks>
public static class Salted
{
    /// <summary>Length of the salt in bytes.</summary>
    public const int SaltSize = 32;

    /// <summary>A new random salt followed by the JSON.</summary>
    public static byte[] Seal(ReadOnlySpan<byte> json)
    {
        var bytes = new byte[SaltSize + json.Length];
        RandomNumberGenerator.Fill(bytes.AsSpan(0, SaltSize));
        json.CopyTo(bytes.AsSpan(SaltSize));
        return bytes;
    }

    /// <summary>The JSON after the salt; false when there is no salt.</summary>
    public static bool TryOpen(ReadOnlySpan<byte> bytes, out ReadOnlySpan<byte> salt, out ReadOnlySpan<byte> json)
    {
        var whole = bytes.Length > SaltSize;
        salt = whole ? bytes[..SaltSize] : default;
        json = whole ? bytes[SaltSize..] : default;
        return whole;
    }
}
