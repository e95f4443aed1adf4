using System.Text;
using Lantai.ArchivalStorage;
using Lantai.StoreFormat;
using Lantai.Words;
using FormatCodes = Lantai.StoreFormat.Codes;

namespace Lantai.Tests.DataManagement;

/// <summary>A ledger in memory with chained leaves, for tests of views.</summary>
internal sealed class LedgerSketch
{
    private static readonly Guid Account = new("0b9e2f7a-1111-4222-8333-444455556666");
    private readonly List<StoredEvent> _events = [];

    public int Size => _events.Count;

    public StoredEvent this[int sequence] => _events[sequence];

    /// <summary>A ledger of a store and some ingestions, two of them of one AIP.</summary>
    public static LedgerSketch OfThree()
    {
        var ledger = new LedgerSketch();
        ledger.Add(EventTypes.StoreCreated);
        ledger.Ingest(Aip(1), "local", "case-1", 1);
        ledger.Ingest(Aip(2), "local", "case-2", 1);
        ledger.Add(EventTypes.FixityCheck);
        ledger.Ingest(Aip(1), "local", "case-1", 2);
        return ledger;
    }

    public static Guid Aip(int number) => new($"{number:x8}-aaaa-4bbb-8ccc-dddddddddddd");

    public static Digest Content(string submission, long version) => Digest.Of(Encoding.UTF8.GetBytes($"{submission}@{version}"));

    public IEnumerable<StoredEvent> ReadFrom(long sequence) => _events.Skip((int)sequence);

    public StoredEvent Add(string type, string account = "os:archivist", Guid? aip = null, long? version = null, JsonMap? body = null, long bytes = 0, string? code = null)
    {
        var time = DateTimeOffset.UnixEpoch.AddMinutes(_events.Count);
        var detail = new EventDetail(Account, account, "lantai 0.1.0", body ?? new JsonMap());
        var record = new EventRecord(type, time, "success", Account)
        {
            Aip = aip,
            Version = version,
            ReferenceCode = code,
            Manifest = aip is null ? null : Digest.Of(Encoding.UTF8.GetBytes($"manifest {aip}@{version}")),
            Detail = Digest.Of(detail.ToBytes()),
            Counts = aip is null ? new Dictionary<string, long>() : new Dictionary<string, long> { ["bytes"] = bytes, ["files"] = 3 },
        };
        var json = record.ToBytes();
        var previous = _events.Count == 0 ? LedgerEntry.NoPrevious : Digest.Of(_events[^1].LeafBytes);
        var leaf = new LedgerEntry(_events.Count, type, time, aip?.ToString("D") ?? "store", previous, Digest.Of(json));
        _events.Add(new StoredEvent(leaf, leaf.ToBytes(), record, json, new byte[32], detail, []));
        return _events[^1];
    }

    public StoredEvent Ingest(Guid aip, string source, string submission, long version, string? retention = null, string account = "os:archivist", long bytes = 1000) =>
        Add(EventTypes.Ingestion, account, aip, version, bytes: bytes, body: new IngestionDetail(
            source, submission, $"{submission}.zip", "zip", Content(submission, version), retention, null, null, []).ToBody());

    /// <summary>The detail is gone and an event says so.</summary>
    public void EraseDetail(int sequence) => _events[sequence] = _events[sequence] with { Detail = null };

    /// <summary>The detail is gone and nothing says why.</summary>
    public void LoseDetail(int sequence) => _events[sequence] = _events[sequence] with
    {
        Detail = null,
        Findings = [Finding.Error(FormatCodes.DetailMissing, $"{sequence}")],
    };

    /// <summary>The record is not that of its leaf.</summary>
    public void SwapRecord(int sequence) => _events[sequence] = _events[sequence] with { Findings = [Finding.Error(FormatCodes.RecordLeafDiffer, $"{sequence}")] };

    /// <summary>The record is gone, and with it the way to the detail.</summary>
    public void LoseRecord(int sequence) => _events[sequence] = _events[sequence] with
    {
        Record = null,
        RecordJson = null,
        Salt = null,
        Detail = null,
        Findings = [Finding.Error(FormatCodes.RecordMissing, $"{sequence}")],
    };
}
