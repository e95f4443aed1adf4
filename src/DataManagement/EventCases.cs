using Lantai.ArchivalStorage;
using FormatCodes = Lantai.StoreFormat.Codes;

namespace Lantai.DataManagement;

/// <summary>Which of its cases a replay meets in an event; the same answer for every view.</summary>
/// <remarks>spec/formats/event.md, "Replay meets four cases".</remarks>
public static class EventCases
{
    /// <summary>Whether the record is there, says which version of which AIP was kept, and agrees with its leaf.</summary>
    public static bool SaysWhatWasKept(StoredEvent e) =>
        e.Record is { Aip: not null, Version: not null, Manifest: not null } && HasSoundRecord(e);

    /// <summary>Whether the record is there and agrees with its leaf.</summary>
    public static bool HasSoundRecord(StoredEvent e) =>
        e.Record is not null && !e.Findings.Any(f => f.Code is FormatCodes.RecordMissing or FormatCodes.RecordForm or FormatCodes.RecordLeafDiffer);

    /// <summary>Whether the detail is missing or malformed and no event says that it was erased.</summary>
    public static bool HasDamagedDetail(StoredEvent e) => e.Findings.Any(f => f.Code is FormatCodes.DetailMissing or FormatCodes.DetailForm);
}
