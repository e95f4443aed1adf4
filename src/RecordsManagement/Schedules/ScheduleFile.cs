using Lantai.Containers;
using Lantai.Forms;
using Lantai.Words;

namespace Lantai.RecordsManagement;

/// <summary>A file that a schedule comes in, opened with distrust: a workbook (XLSX) or CSV, told apart by its first bytes.</summary>
/// <remarks>A workbook's zip file is opened by the guarded opener of Containers, so that bombs and contradictions are findings before a byte of XML is read.</remarks>
internal sealed class ScheduleFile : IDisposable
{
    private static readonly ContainerLimits BookLimits = new()
    {
        MaxEntries = 2000,
        MaxDirectoryBytes = 1 << 20,
        MaxTotalBytes = 512L << 20,
        MaxRatio = 200,
        MaxTime = TimeSpan.FromMinutes(5),
    };

    private readonly IDisposable _file;

    private ScheduleFile(Sheet sheet, IDisposable file) => (Sheet, _file) = (sheet, file);

    /// <summary>Its rows. Reading them may throw <see cref="ContentException"/>.</summary>
    public Sheet Sheet { get; }

    /// <summary>Opens a file; null, and findings, when it is neither.</summary>
    /// <param name="seekable">The file; closed with the result, and by this method when it returns null.</param>
    /// <param name="name">How findings call it.</param>
    /// <param name="findings">Receives what is wrong.</param>
    public static ScheduleFile? TryOpen(Stream seekable, string name, List<Finding> findings)
    {
        Span<byte> head = stackalloc byte[8];
        var read = seekable.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        seekable.Position = 0;
        if (head[..read].StartsWith("PK"u8))
        {
            return Book(seekable, name, findings);
        }

        if (head[..read].StartsWith((ReadOnlySpan<byte>)[0xD0, 0xCF, 0x11, 0xE0]))
        {
            findings.Add(Finding.Error("SCH-033", name));
            seekable.Dispose();
            return null;
        }

        return new ScheduleFile(Sheet.OfCsv(seekable, name, SheetLimits.Default), seekable);
    }

    public void Dispose() => _file.Dispose();

    private static ScheduleFile? Book(Stream seekable, string name, List<Finding> findings)
    {
        if (ZipContainer.TryOpen(seekable, name, BookLimits, findings) is not { } zip)
        {
            return null;
        }

        var parts = new Dictionary<string, ZipEntry>(StringComparer.OrdinalIgnoreCase); // part names differ by more than case
        foreach (var entry in zip.Entries.Where(e => !e.IsFolder && e.CanRead))
        {
            _ = parts.TryAdd(entry.Name.Display, entry);
        }

        return new ScheduleFile(Sheet.OfWorkbook(path => parts.TryGetValue(path, out var entry) ? zip.Open(entry) : null, name, SheetLimits.Default), zip);
    }
}
