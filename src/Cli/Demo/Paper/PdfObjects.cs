using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Lantai.Cli.Demo.Paper;

/// <summary>Puts objects together to a PDF file (ISO 32000-1, 7.5): the first is the catalogue, the sixth what is said of the document.</summary>
internal static class PdfObjects
{
    /// <summary>Writes the file. The same objects give the same bytes.</summary>
    /// <param name="version">The version of PDF, such as <c>1.7</c>.</param>
    /// <param name="things">The objects, from number 1.</param>
    public static byte[] Put(string version, IReadOnlyList<string> things)
    {
        using var file = new MemoryStream();
        Write($"%PDF-{version}\n");
        file.Write([(byte)'%', 0xE2, 0xE3, 0xCF, 0xD3, (byte)'\n']);
        var places = new List<long>();
        foreach (var thing in things)
        {
            places.Add(file.Position);
            Write(string.Create(CultureInfo.InvariantCulture, $"{places.Count} 0 obj\n{thing}\nendobj\n"));
        }

        var (table, id) = (file.Position, Convert.ToHexString(SHA256.HashData(file.ToArray()))[..32]);
        Write(string.Create(CultureInfo.InvariantCulture, $"xref\n0 {places.Count + 1}\n0000000000 65535 f \n"));
        places.ForEach(p => Write(string.Create(CultureInfo.InvariantCulture, $"{p:D10} 00000 n \n")));
        Write(string.Create(CultureInfo.InvariantCulture, $"trailer\n<< /Size {places.Count + 1} /Root 1 0 R /Info 6 0 R /ID [<{id}> <{id}>] >>\nstartxref\n{table}\n%%EOF\n"));
        return file.ToArray();

        void Write(string text) => file.Write(Encoding.UTF8.GetBytes(text));
    }

    /// <summary>A stream object of text.</summary>
    /// <param name="entries">Entries of its dictionary, with a blank behind them.</param>
    /// <param name="content">Its content.</param>
    public static string Stream(string entries, string content) =>
        string.Create(CultureInfo.InvariantCulture, $"<< {entries}/Length {Encoding.UTF8.GetByteCount(content)} >>\nstream\n{content}\nendstream");
}
