using System.Xml;
using System.Xml.Linq;
using Lantai.Characterization.Matching;
using Lantai.Characterization.Pronom;
using Lantai.Characterization.Registry;
using Lantai.Words;

namespace Lantai.Characterization.Identification;

/// <summary>The formats that are known and how they are known, compiled.</summary>
/// <remarks>Immutable, safe for concurrent use. spec/formats/format-registry.md.</remarks>
public sealed class FormatRegistry
{
    private const long LongestFile = 64L << 20;

    private readonly Dictionary<string, FileFormat> _formats = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<FileFormat>> _byExtension = new(StringComparer.Ordinal);
    private readonly HashSet<string> _general = new(StringComparer.Ordinal);
    private readonly HashSet<string> _signed = new(StringComparer.Ordinal);

    private FormatRegistry(FormatTable own, FormatTable? imported)
    {
        (Own, Imported) = (own, imported);
        foreach (var format in own.Formats)
        {
            Add(imported?.Find(format.Id) is { } place ? Merge(imported.Formats[place], format) : format);
        }

        foreach (var format in imported?.Formats ?? [])
        {
            if (!_formats.ContainsKey(format.Id))
            {
                Add(format);
            }
        }

        foreach (var table in imported is null ? [own] : new[] { own, imported })
        {
            _signed.UnionWith(table.Signatures.Select(s => s.Format).Concat(table.Zips.Select(z => z.Format)).Concat(table.Compounds.Select(c => c.Format)).Select(f => table.Formats[f].Id));
        }

        foreach (var some in _byExtension.Values)
        {
            // The likelier first: what archives meet, and what has no signature that its content could have shown.
            var ordered = some.OrderBy(f => LikelihoodOf(f.Id)).ToList();
            some.Clear();
            some.AddRange(ordered);
        }

        foreach (var aside in own.Over.SelectMany(o => o))
        {
            _ = _general.Add(own.Formats[aside].Id);
        }
    }

    /// <summary>The built-in registry: the formats that archives meet.</summary>
    public static FormatRegistry BuiltIn { get; } = new(OwnTable(), null);

    /// <summary>What it was made from, such as <c>PRONOM 122, containers 40; Lantai 1</c>.</summary>
    public string Source => Imported is { } imported ? imported.Source + "; " + Own.Source : Own.Source;

    /// <summary>All formats, those of the built-in registry first.</summary>
    public IReadOnlyCollection<FileFormat> Formats => _formats.Values;

    /// <summary>The built-in formats.</summary>
    internal FormatTable Own { get; }

    /// <summary>The imported formats; null when there are none.</summary>
    internal FormatTable? Imported { get; }

    /// <summary>The format with an id; null when it is not known.</summary>
    public FileFormat? Find(string id) => _formats.GetValueOrDefault(id);

    /// <summary>The formats that bear a file name extension, in lower case without the dot; the likelier first.</summary>
    public IReadOnlyList<FileFormat> WithExtension(string extension) => _byExtension.TryGetValue(extension, out var some) ? some : [];

    /// <summary>Whether the built-in registry lists a format.</summary>
    public bool IsOwn(string id) => Own.Find(id) is not null;

    /// <summary>How likely a format is when only the name speaks for it: the lower, the likelier.</summary>
    internal int LikelihoodOf(string id) => (IsOwn(id) ? 0 : 2) + (_signed.Contains(id) ? 1 : 0);

    /// <summary>Whether a built-in format is a special case of this one.</summary>
    internal bool IsGeneral(string id) => _general.Contains(id);

    /// <summary>Whether the built-in registry prefers one format to another when both match.</summary>
    internal bool OwnSetsAside(string preferred, string other) =>
        Own.Find(preferred) is { } one && Own.Find(other) is { } two && Own.Over[one].AsSpan().Contains(two);

    /// <summary>Makes a registry from signature files, PRONOM's for DROID, in any order.</summary>
    /// <param name="files">A signature file, and a container signature file or none.</param>
    /// <param name="findings">Takes what is wrong: with a file (an error), or with single signatures (warnings).</param>
    /// <returns>The registry; null when there were errors.</returns>
    public static FormatRegistry? TryImport(IReadOnlyList<(string Name, Stream Content)> files, List<Finding> findings)
    {
        (string Version, IReadOnlyList<RegistryFormat> Formats)? formats = null;
        (string Version, ILookup<string, RegistryContainer> Containers)? containers = null;
        foreach (var (name, content) in files)
        {
            if (Load(name, content, findings) is not { } root)
            {
                return null;
            }

            if (root.Name.LocalName == "FFSignatureFile")
            {
                formats = SignatureFile.Read(root, findings);
            }
            else if (root.Name.LocalName == "ContainerSignatureMapping")
            {
                containers = ContainerSignatureFile.Read(root, findings);
            }
            else
            {
                findings.Add(Finding.Error("FMT-003", name, ("root", root.Name.LocalName)));
                return null;
            }
        }

        if (formats is not { } some)
        {
            findings.Add(Finding.Error("FMT-004", files.Count > 0 ? files[0].Name : ""));
            return null;
        }

        var registry = some.Formats.Select(f => containers is { } c ? f with { Containers = [.. c.Containers[f.Format.Id]] } : f).ToList();
        var source = containers is { } with ? $"PRONOM {some.Version}, containers {with.Version}" : "PRONOM " + some.Version;
        return new FormatRegistry(BuiltIn.Own, FormatTable.Build(source, registry, findings));
    }

    /// <summary>Reads what <see cref="WriteCompiled"/> wrote.</summary>
    /// <exception cref="InvalidDataException">It is something else, or of another version of this program.</exception>
    /// <exception cref="EndOfStreamException">It is cut off.</exception>
    public static FormatRegistry ReadCompiled(Stream source) => new(BuiltIn.Own, TableFile.Read(source));

    /// <summary>Writes what was imported as it is in memory: a cache that only this version of the program reads.</summary>
    /// <exception cref="InvalidOperationException">Nothing was imported.</exception>
    public void WriteCompiled(Stream target) => TableFile.Write(Imported ?? throw new InvalidOperationException("Nothing was imported."), target);

    // What the world calls it comes from PRONOM, what we call it from us.
    private static FileFormat Merge(FileFormat imported, FileFormat own) => imported with
    {
        ChineseName = own.ChineseName,
        Class = own.Class,
        Extensions = [.. own.Extensions.Union(imported.Extensions)],
        MediaTypes = [.. own.MediaTypes.Union(imported.MediaTypes)],
    };

    private void Add(FileFormat format)
    {
        _formats.Add(format.Id, format);
        foreach (var extension in format.Extensions)
        {
            if (!_byExtension.TryGetValue(extension, out var some))
            {
                _byExtension.Add(extension, some = []);
            }

            some.Add(format);
        }
    }

    private static FormatTable OwnTable()
    {
        var findings = new List<Finding>();
        var table = FormatTable.Build("Lantai 1", FormatFile.ReadBuiltIn(), findings);
        return findings.Count == 0 ? table : throw new InvalidOperationException("The built-in registry is broken: " + findings[0]);
    }

    private static XElement? Load(string name, Stream content, List<Finding> findings)
    {
        var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersInDocument = LongestFile };
        try
        {
            using var reader = XmlReader.Create(content, settings);
            return XElement.Load(reader);
        }
        catch (XmlException wrong)
        {
            findings.Add(Finding.Error("FMT-005", name, ("cause", wrong.Message)));
            return null;
        }
    }
}
