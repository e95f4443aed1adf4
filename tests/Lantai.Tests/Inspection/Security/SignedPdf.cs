using System.Globalization;
using System.Text;
using Lantai.Tests.Characterization.Pdf;
using Lantai.Tests.Evidence.Certificates;
using Lantai.Tests.Evidence.Signatures;

namespace Lantai.Tests.Inspection;

/// <summary>Signs PDF files as programs do: room is left for the signature, and it is put there when all else stands.</summary>
internal static class SignedPdf
{
    /// <summary>The object of a signature with room for it.</summary>
    public static readonly string Room = $"<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /FORM /ByteRange [0 0000000000 0000000000 0000000000] /Contents <{new string('0', 20_000)}> >>";

    private static readonly TestAuthority Root = TestAuthority.Root(algorithm: TestAuthority.Rsa);

    /// <summary>Who signs, by RSA.</summary>
    public static TestAuthority Signer { get; } = Root.Person(algorithm: TestAuthority.Rsa);

    /// <summary>A page with one signature.</summary>
    public static byte[] Make(string form = "ETSI.CAdES.detached", TestAuthority? signer = null) => Sign(HandMadePdf.OnePage("/AcroForm<</SigFlags 3/Fields[6 0 R]>>")
        .Set(6, "<</FT/Sig/T(s)/V 7 0 R/Type/Annot/Subtype/Widget/Rect[0 0 0 0]>>").Set(7, Room.Replace("FORM", form, StringComparison.Ordinal)).ToBytes(), signer);

    /// <summary>Fills the room in a file.</summary>
    public static byte[] Sign(byte[] pdf, TestAuthority? signer = null)
    {
        var file = (byte[])pdf.Clone();
        var start = file.AsSpan().IndexOf("/Contents <00"u8) + "/Contents ".Length;
        var end = start + file.AsSpan(start).IndexOf((byte)'>') + 1;
        Put("/ByteRange [0 "u8, string.Create(CultureInfo.InvariantCulture, $"{start:D10} {end:D10} {file.Length - end:D10}"));
        var message = TestMessages.Cms([.. file[..start], .. file[end..]], true, signer ?? Signer);
        Encoding.ASCII.GetBytes(Convert.ToHexString(message)).CopyTo(file, start + 1);
        return file;

        void Put(ReadOnlySpan<byte> behind, string text) => Encoding.ASCII.GetBytes(text).CopyTo(file, file.AsSpan().IndexOf(behind) + behind.Length);
    }
}
