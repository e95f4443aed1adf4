using System.Security.Cryptography;
using System.Text;
using Lantai.Cli.Demo;
using Lantai.Cli.Demo.Day;
using Lantai.InformationPackages;
using Lantai.Tests.Characterization;
using Lantai.Tests.Ingest.Door;

namespace Lantai.Tests.EndToEnd;

/// <summary>Cases that bear a mark of a state secret each in another place, and words that stand nowhere else.</summary>
internal sealed class SecretCases : IDisposable
{
    private const string Mark = "机密★37年";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("lantai-cases-"); // its name holds no word of them

    public SecretCases()
    {
        Word = "清风" + Convert.ToHexString(RandomNumberGenerator.GetBytes(8));
        var place = 0;
        foreach (var (kind, change) in Kinds())
        {
            var c = new DayCase(DayAgency.Approval, ++place, Word + "有限公司（示例）", DoorPlace.Company, new DateTimeOffset(2026, 9, 1, 9, 0, 0, TimeSpan.FromHours(8)).AddMinutes(place))
                .WithPapers(DayCase.Paper("营业执照", [Word], isSealed: true), DoorPlace.Company);
            change(c);
            Zips.Add(DoorPlace.Write(c, Path.Combine(_folder.FullName, "zips"), $"{kind}{Word}.zip"));
            Folders.Add(DoorPlace.Write(c, Path.Combine(_folder.FullName, "folders"), kind + Word));
            Numbers.Add(c.Number);
        }

        Words = [.. FormsOf(Word), .. FormsOf(Mark)];
        Pieces = [.. Directory.EnumerateFiles(_folder.FullName, "*", SearchOption.AllDirectories).SelectMany(PiecesOf)];
    }

    /// <summary>A word that stands in every one of them: in titles, papers, and the names of files and packages.</summary>
    public string Word { get; }

    public List<string> Zips { get; } = [];

    public List<string> Folders { get; } = [];

    public List<string> Numbers { get; } = [];

    public string ZipFolder => Path.Combine(_folder.FullName, "zips");

    public string PlainFolder => Path.Combine(_folder.FullName, "folders");

    /// <summary>The word and the mark as they are written: none of them may be anywhere afterwards.</summary>
    public IReadOnlyList<byte[]> Words { get; }

    /// <summary>Pieces of the packages as they lie on disk, some of which every package has.</summary>
    public IReadOnlyList<byte[]> Pieces { get; }

    /// <summary>A text in the ways in which programs write it down.</summary>
    public static IEnumerable<byte[]> FormsOf(string text)
    {
        var utf8 = Encoding.UTF8.GetBytes(text);
        yield return utf8;
        yield return Encoding.Unicode.GetBytes(text);
        yield return Encoding.BigEndianUnicode.GetBytes(text);
        yield return CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!.GetBytes(text);
        yield return Encoding.ASCII.GetBytes(Convert.ToHexString(Encoding.BigEndianUnicode.GetBytes(text))); // as PDF does
        yield return Encoding.ASCII.GetBytes(Convert.ToHexStringLower(utf8));
        yield return Encoding.ASCII.GetBytes(string.Concat(text.Select(c => c < 0x80 ? c.ToString() : $"\\u{(int)c:x4}"))); // as JSON does
        yield return Encoding.ASCII.GetBytes(string.Concat(text.Select(c => c < 0x80 ? c.ToString() : $"\\u{(int)c:X4}")));
        if (Encoding.ASCII.GetBytes(text.TrimStart('渡', '鸦')) is { Length: 16 } latin)
        {
            yield return latin;
        }

        for (var shift = 0; shift < 3; shift++)
        {
            yield return Encoding.ASCII.GetBytes(Convert.ToBase64String([.. new byte[shift], .. utf8])[4..^4]);
        }
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static IEnumerable<(string Kind, Action<DayCase> Change)> Kinds()
    {
        yield return ("一", c => c.Draft.Configuration["security_classification"] = "JM");
        yield return ("二", c => c.Add(MaterialKind.Process, "【秘密】附件.txt", "正文"u8.ToArray()));
        yield return ("三", c => c.Add(MaterialKind.Process, "纪要.pdf", DemoPdf.Write("会商纪要", [Mark], "Example")));
        yield return ("四", c => c.Add(MaterialKind.Process, "纪要.ofd", Ofd(Mark)));
        yield return ("五", c => c.Add(MaterialKind.Process, "纪要.docx", Looking.Zip(
            ("[Content_Types].xml", "<Types/>"), ("_rels/.rels", "<Relationships/>"), ("word/document.xml", $"<w:document xmlns:w=\"w\"><w:body><w:p><w:r><w:t>{Mark}</w:t></w:r></w:p></w:body></w:document>"))));
        yield return ("六", c => c.Add(MaterialKind.Process, "纪要.xml", Encoding.UTF8.GetBytes($"<纪要><密级>绝密</密级><正文>{Mark}</正文></纪要>")));
        yield return ("七", c => c.Add(MaterialKind.Process, "纪要.txt", CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!.GetBytes($"会商纪要\n{Mark}\n各单位：\n")));
    }

    private static byte[] Ofd(string text) => Looking.Zip(
        ("OFD.xml", "<ofd:OFD xmlns:ofd=\"o\"><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>"),
        ("Doc_0/Document.xml", "<ofd:Document xmlns:ofd=\"o\"><ofd:Pages><ofd:Page ID=\"1\" BaseLoc=\"Pages/Page_0/Content.xml\"/></ofd:Pages></ofd:Document>"),
        ("Doc_0/Pages/Page_0/Content.xml", $"<ofd:Page xmlns:ofd=\"o\"><ofd:Content><ofd:Layer><ofd:TextObject ID=\"2\" Boundary=\"20 30 60 5\" Size=\"5\"><ofd:TextCode X=\"0\" Y=\"4\">{text}</ofd:TextCode></ofd:TextObject></ofd:Layer></ofd:Content></ofd:Page>"));

    /// <summary>From each place of a file that is no one else's: what was copied as it is, packed or not, is found by them.</summary>
    private static IEnumerable<byte[]> PiecesOf(string file)
    {
        var bytes = File.ReadAllBytes(file);
        for (var at = 512; file.EndsWith(".zip", StringComparison.Ordinal) && at + 24 < bytes.Length; at += 256)
        {
            if (bytes.AsSpan(at, 24).ToArray().Distinct().Count() > 16)
            {
                yield return bytes[at..(at + 24)];
            }
        }
    }
}
