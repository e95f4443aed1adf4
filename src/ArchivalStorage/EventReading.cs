using Lantai.StoreFormat;
using Lantai.Words;

namespace Lantai.ArchivalStorage;

/// <summary>Puts an event together from its leaf and its two frames, and says what does not fit.</summary>
/// <remarks>spec/formats/event.md, "Replay meets four cases".</remarks>
internal static class EventReading
{
    public static StoredEvent Assemble(LedgerEntry leaf, byte[] leafBytes, string subject, Func<Digest, byte[]?> recordFrame, Func<Digest, byte[]?> detailFrame)
    {
        if (recordFrame(leaf.Commitment) is not { } frame)
        {
            return new StoredEvent(leaf, leafBytes, null, null, null, null, [Finding.Error(Codes.RecordMissing, subject)]);
        }

        if (!Salted.TryOpen(frame, out var salt, out var json) || !EventRecord.TryRead(json, out var record))
        {
            return new StoredEvent(leaf, leafBytes, null, null, null, null, [Finding.Error(Codes.RecordForm, subject)]);
        }

        var findings = new List<Finding>();
        if (record.Type != leaf.Type || record.Time != leaf.Time || (leaf.Type == EventTypes.Ingestion && record.Aip?.ToString("D") != leaf.Subject)
            || (leaf.Type == EventTypes.PackSealed && record.Pack?.ToString() != leaf.Subject))
        {
            findings.Add(Finding.Error(Codes.RecordLeafDiffer, subject));
        }

        EventDetail? detail = null;
        if (record.Detail is { } digest)
        {
            var bytes = detailFrame(digest);
            if (bytes is null)
            {
                findings.Add(Finding.Error(Codes.DetailMissing, subject));
            }
            else if (!Salted.TryOpen(bytes, out _, out var body) || !EventDetail.TryRead(body, out detail))
            {
                findings.Add(Finding.Error(Codes.DetailForm, subject));
            }
        }

        return new StoredEvent(leaf, leafBytes, record, json.ToArray(), salt.ToArray(), detail, findings);
    }
}
