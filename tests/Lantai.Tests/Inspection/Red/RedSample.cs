using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using Lantai.DataManagement;
using Lantai.InformationPackages;
using Lantai.Inspection;
using Lantai.Tests.Inspection.Storage;

namespace Lantai.Tests.Inspection.Red;

/// <summary>A package with all that comes with it, as a value that can be changed in one thing: its files, how it came, what the registers say.</summary>
internal sealed record RedSample
{
    /// <summary>The profile by which it is read.</summary>
    public required string Profile { get; init; }

    /// <summary>What the package is called.</summary>
    public required string Name { get; init; }

    /// <summary>Its files by their paths.</summary>
    public required IReadOnlyDictionary<string, byte[]> Files { get; init; }

    /// <summary>Where it is inspected.</summary>
    public required RunPoint Point { get; init; }

    /// <summary>When.</summary>
    public DateTimeOffset Now { get; init; } = CleanCases.Now;

    /// <summary>How it came.</summary>
    public required ChannelFacts Channel { get; init; }

    /// <summary>What the registers say; null for none.</summary>
    public TermsFacts? Terms { get; init; }

    /// <summary>What the antivirus engine says; null for none.</summary>
    public AntivirusFacts? Antivirus { get; init; } = new("ClamAV 1.4.3", CleanCases.Now.AddDays(-1), [], [], null);

    /// <summary>The medium; null for none.</summary>
    public MediumFacts? Medium { get; init; }

    /// <summary>Whether digest and register came with it: they are those of the package as it is, where the channel does not say others.</summary>
    public bool IsDeclared { get; init; } = true;

    /// <summary>Changes the bytes of the zip that it comes in; null for none.</summary>
    public Func<byte[], byte[]>? Container { get; init; }

    /// <summary>Damages the store that it lies in; null for none. Only where it is inspected in storage.</summary>
    public Action<DamagedStore, AipVersion>? Damage { get; init; }

    /// <summary>Changes what the store knows of it, where no damage of a file makes it so; null for what it does know.</summary>
    public Func<StorageFacts, StorageFacts>? Known { get; init; }

    /// <summary>What one of its files holds, as text.</summary>
    public string Text(string path) => Encoding.UTF8.GetString(Files[path]);

    /// <summary>With a file put in or replaced.</summary>
    public RedSample With(string path, byte[] content) => this with { Files = new SortedDictionary<string, byte[]>(Files.ToDictionary(), StringComparer.Ordinal) { [path] = content } };

    /// <summary>Without a file.</summary>
    public RedSample Without(string path)
    {
        Assert.Contains(path, Files.Keys);
        return this with { Files = Files.Where(f => f.Key != path).ToDictionary() };
    }

    /// <summary>With a text replaced in a file, the first time that it stands there.</summary>
    public RedSample Replace(string path, string was, string becomes)
    {
        var text = Text(path);
        var at = text.IndexOf(was, StringComparison.Ordinal);
        Assert.True(at >= 0, $"{was} does not stand in {path}:\n{text}");
        return With(path, Encoding.UTF8.GetBytes(string.Concat(text.AsSpan(0, at), becomes, text.AsSpan(at + was.Length))));
    }

    /// <summary>With the value of an element replaced: the first of its name.</summary>
    public RedSample Set(string path, string element, string value)
    {
        var text = Text(path);
        var from = text.IndexOf($"<{element}>", StringComparison.Ordinal);
        Assert.True(from >= 0, $"<{element}> does not stand in {path}:\n{text}");
        from += element.Length + 2;
        var end = text.IndexOf($"</{element}>", from, StringComparison.Ordinal);
        return With(path, Encoding.UTF8.GetBytes(string.Concat(text.AsSpan(0, from), value, text.AsSpan(end))));
    }

    /// <summary>With the list of digests made anew over the files as they are now, as somebody does who changed a package before he sealed it.</summary>
    public RedSample Sealed() => Profile switch
    {
        "gbt42727" => With("校验信息.xml", List("校验信息.xml", new XElement("校验信息"), "字节数")),
        "dat93" => With("其他/校验清单.xml", List("其他/校验清单.xml", new XElement("校验清单", new XElement("生成时间", "2026-06-03T09:00:00+08:00")), "大小")),
        _ => this,
    };

    /// <summary>With the numbers that a case package says of its materials made anew: in its description and its metadata.</summary>
    public RedSample Recounted()
    {
        var materials = Files.Where(f => f.Key.StartsWith("材料/", StringComparison.Ordinal)).ToList();
        return Set("说明文件.xml", "文件数量", Invariant(materials.Count)).Set("说明文件.xml", "总字节数", Invariant(materials.Sum(m => (long)m.Value.Length)));
    }

    /// <summary>With another way in which it came.</summary>
    public RedSample From(Func<ChannelFacts, ChannelFacts> change) => this with { Channel = change(Channel) };

    /// <summary>With other answers of the registers.</summary>
    public RedSample Under(Func<TermsFacts, TermsFacts> change) => this with { Terms = change(Terms!) };

    /// <summary>The SM3 digest of some bytes.</summary>
    internal static byte[] Sm3(byte[] content) =>
        ContentDigests.OfAll([PackageFile.OfBytes("x", content)], DigestAlgorithm.Find("sm3")!, CancellationToken.None);

    private byte[] List(string path, XElement root, string length)
    {
        foreach (var (name, content) in Files.Where(f => f.Key != path).OrderBy(f => f.Key, StringComparer.Ordinal))
        {
            root.Add(new XElement(
                "文件", new XElement("路径", name), new XElement(length, content.Length), Digest("SM3", Sm3(content)), Digest("SHA-256", SHA256.HashData(content))));
        }

        return Encoding.UTF8.GetBytes("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + root.ToString(SaveOptions.DisableFormatting) + "\n");
    }

    private static string Invariant(long number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static XElement Digest(string algorithm, byte[] digest) => new("摘要", new XAttribute("算法", algorithm), Convert.ToHexStringLower(digest));
}
