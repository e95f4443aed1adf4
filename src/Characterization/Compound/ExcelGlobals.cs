using System.Buffers.Binary;
using Lantai.Containers;

namespace Lantai.Characterization.Compound;

/// <summary>What the first records of a workbook tell: they stay in clear in an encrypted one (MS-XLS §2.1.7.20, §2.4.117).</summary>
/// <param name="IsEncrypted">Whether a FilePass record stands there; the protection of sheets has records of its own and encrypts nothing.</param>
/// <param name="HasMacroSheet">Whether a sheet of Excel 4.0 macros is listed.</param>
/// <param name="Sheets">The number of sheets listed.</param>
internal sealed record ExcelGlobals(bool IsEncrypted, bool HasMacroSheet, int Sheets)
{
    private const int MostBytes = 4 << 20;
    private const int FilePass = 0x2F;
    private const int EndOfGlobals = 0x0A;
    private const int BoundSheet = 0x85;

    /// <summary>Reads the records up to the end of the globals, or as far as they make sense.</summary>
    public static ExcelGlobals Read(CompoundFile file, CompoundEntry book)
    {
        var rest = file.ReadStart(book, MostBytes).AsSpan();
        var (encrypted, macro, sheets) = (false, false, 0);
        if (rest.Length < 4 || (rest[0] != 0x09 && BinaryPrimitives.ReadUInt16LittleEndian(rest) != 0x0809))
        {
            return new ExcelGlobals(false, false, 0);
        }

        while (rest.Length >= 4)
        {
            int kind = BinaryPrimitives.ReadUInt16LittleEndian(rest), length = BinaryPrimitives.ReadUInt16LittleEndian(rest[2..]);
            if (kind == FilePass)
            {
                // What follows is not in clear.
                encrypted = true;
                break;
            }

            if (kind == BoundSheet && length >= 6 && rest.Length >= 10)
            {
                // Position of the sheet, its visibility, then its kind: 1 is a macro sheet (MS-XLS §2.4.28).
                sheets++;
                macro |= rest[9] == 1;
            }

            if (kind == EndOfGlobals || length + 4 > rest.Length)
            {
                break;
            }

            rest = rest[(length + 4)..];
        }

        return new ExcelGlobals(encrypted, macro, sheets);
    }
}
