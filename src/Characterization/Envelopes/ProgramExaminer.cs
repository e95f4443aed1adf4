using System.Buffers.Binary;
using Lantai.Characterization.Examination;

namespace Lantai.Characterization.Envelopes;

/// <summary>Notes a program as one; it is not run, and only seen to be whole where its header says where it ends.</summary>
internal sealed class ProgramExaminer : IExaminer
{
    private const int MostSections = 96;

    public IReadOnlyCollection<FileFamily> Families { get; } = [FileFamily.Executable];

    public void Examine(FileContent content, ExaminationNotes notes, ExaminationLimits limits, CancellationToken cancellation)
    {
        var start = content.ReadBytes(0, 64);
        var kind = start switch
        {
            [(byte)'M', (byte)'Z', ..] => "pe",
            [0x7F, (byte)'E', (byte)'L', (byte)'F', ..] => "elf",
            [(byte)'#', (byte)'!', ..] => "script",
            [0xCA, 0xFE, 0xBA, 0xBE, ..] when start.Length > 8 && start[7] > 30 => "java-class",
            _ => "mach-o",
        };
        notes.Active("executable", kind);
        notes.Set("program-kind", kind);
        if (kind == "pe" && start.Length == 64 && EndOfSections(content, BinaryPrimitives.ReadUInt32LittleEndian(start.AsSpan(60))) > content.Length)
        {
            notes.Broken("section", "cut-off");
        }

        notes.NotCheckable("program");
    }

    // Section records of 40 bytes behind the optional header: size of the bytes in the file at 16, their place at 20 (PE format, section table).
    private static long EndOfSections(FileContent content, uint header)
    {
        var file = content.ReadBytes(header, 24);
        if (file.Length < 24)
        {
            return 0;
        }

        var count = Math.Min(BinaryPrimitives.ReadUInt16LittleEndian(file.AsSpan(6)), (ushort)MostSections);
        var table = content.ReadBytes(header + 24L + BinaryPrimitives.ReadUInt16LittleEndian(file.AsSpan(20)), count * 40);
        var end = 0L;
        for (var at = 0; at + 40 <= table.Length; at += 40)
        {
            var size = BinaryPrimitives.ReadUInt32LittleEndian(table.AsSpan(at + 16));
            end = size == 0 ? end : Math.Max(end, (long)BinaryPrimitives.ReadUInt32LittleEndian(table.AsSpan(at + 20)) + size);
        }

        return end;
    }
}
