using System.Globalization;
using System.IO.Compression;
using System.Text;
using Lantai.Characterization;
using Lantai.Characterization.Examination;

namespace Lantai.Tests.Characterization.Pdf;

/// <summary>Writes PDF files object by object, sound or not.</summary>
internal sealed class HandMadePdf
{
    public const string Text = "BT /F0 24 Tf 50 700 Td (Hello) Tj ET";

    private readonly SortedDictionary<int, byte[]> _objects = [];

    public string Header { get; set; } = "%PDF-1.7\n";

    public string Trailer { get; set; } = "";

    public string End { get; set; } = "%%EOF\n";

    public int Shift { get; set; }

    /// <summary>One page with one line of text: objects 1 to 5, and what is added to catalogue and page.</summary>
    public static HandMadePdf OnePage(string catalogue = "", string page = "", string text = Text)
    {
        var pdf = new HandMadePdf();
        pdf.Set(1, $"<</Type/Catalog/Pages 2 0 R{catalogue}>>");
        pdf.Set(2, "<</Type/Pages/Kids[3 0 R]/Count 1>>");
        pdf.Set(3, $"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F0 5 0 R>>>>/Contents 4 0 R{page}>>");
        pdf.SetStream(4, "", Encoding.Latin1.GetBytes(text));
        pdf.Set(5, "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>");
        return pdf;
    }

    public static byte[] Deflate(ReadOnlySpan<byte> bytes)
    {
        var target = new MemoryStream();
        using (var packing = new ZLibStream(target, CompressionLevel.Optimal))
        {
            packing.Write(bytes);
        }

        return target.ToArray();
    }

    public HandMadePdf Set(int number, string text)
    {
        _objects[number] = Encoding.Latin1.GetBytes(text);
        return this;
    }

    public HandMadePdf SetStream(int number, string dictionary, byte[] bytes)
    {
        _objects[number] = [.. Encoding.Latin1.GetBytes($"<</Length {bytes.Length}{dictionary}>>\nstream\n"), .. bytes, .. "\nendstream"u8];
        return this;
    }

    public HandMadePdf SetPacked(int number, string dictionary, byte[] bytes) => SetStream(number, dictionary + "/Filter/FlateDecode", Deflate(bytes));

    /// <summary>Objects in an object stream (ISO 32000-1, 7.5.7), which only a cross-reference stream can list.</summary>
    public byte[] WithObjectStream(int streamNumber, params (int Number, string Text)[] inside)
    {
        var (heads, bodies) = (new StringBuilder(), new StringBuilder());
        foreach (var (number, text) in inside)
        {
            _ = heads.Append(CultureInfo.InvariantCulture, $"{number} {bodies.Length} ");
            _ = bodies.Append(text).Append(' ');
        }

        SetPacked(streamNumber, $"/Type/ObjStm/N {inside.Length}/First {heads.Length}", Encoding.Latin1.GetBytes(heads.ToString() + bodies));
        var target = new MemoryStream();
        var places = Write(target);
        var own = Math.Max(_objects.Keys.Max(), inside.Max(i => i.Number)) + 1;
        places[own] = (int)target.Length;
        var table = new byte[(own + 1) * 5];
        foreach (var (number, place) in places)
        {
            Entry(number, 1, place, 0);
        }

        for (var i = 0; i < inside.Length; i++)
        {
            Entry(inside[i].Number, 2, streamNumber, i);
        }

        var packed = Deflate(table);
        target.Write(Encoding.Latin1.GetBytes($"{own} 0 obj\n<</Type/XRef/Size {own + 1}/W[1 3 1]/Root 1 0 R/Filter/FlateDecode/Length {packed.Length}{Trailer}>>\nstream\n"));
        target.Write(packed);
        target.Write(Encoding.Latin1.GetBytes($"\nendstream\nendobj\nstartxref\n{places[own]}\n{End}"));
        return target.ToArray();

        void Entry(int number, byte kind, int value, int last) =>
            new[] { kind, (byte)(value >> 16), (byte)(value >> 8), (byte)value, (byte)last }.CopyTo(table, number * 5);
    }

    public byte[] ToBytes()
    {
        var target = new MemoryStream();
        var places = Write(target);
        var start = target.Length;
        var size = _objects.Keys.Max() + 1;
        target.Write(Encoding.Latin1.GetBytes($"xref\n0 {size}\n0000000000 65535 f \n"));
        for (var i = 1; i < size; i++)
        {
            target.Write(Encoding.Latin1.GetBytes(places.TryGetValue(i, out var place) ? $"{place:D10} 00000 n \n" : "0000000000 00000 f \n"));
        }

        target.Write(Encoding.Latin1.GetBytes($"trailer\n<</Size {size}/Root 1 0 R{Trailer}>>\nstartxref\n{start + Shift}\n{End}"));
        return target.ToArray();
    }

    public FileExamination Examine() => Examine(ToBytes());

    public static FileExamination Examine(byte[] bytes, ExaminationLimits? limits = null) =>
        FileExaminers.Examine(FileContent.Of(bytes), "a.pdf", limits ?? ExaminationLimits.Default, TestContext.Current.CancellationToken);

    private Dictionary<int, int> Write(MemoryStream target)
    {
        var places = new Dictionary<int, int>();
        target.Write(Encoding.Latin1.GetBytes(Header));
        foreach (var (number, bytes) in _objects)
        {
            places[number] = (int)target.Length;
            target.Write(Encoding.Latin1.GetBytes($"{number} 0 obj\n"));
            target.Write(bytes);
            target.Write("\nendobj\n"u8);
        }

        return places;
    }
}
