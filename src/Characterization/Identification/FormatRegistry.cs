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

    private FormatRegistry(FormatTable table) => Table = table;

    /// <summary>What it was made from, such as <c>PRONOM 122, containers 40</c>.</summary>
    public string Source => Table.Source;

    /// <summary>All formats.</summary>
    public IReadOnlyList<FileFormat> Formats => Table.Formats;

    internal FormatTable Table { get; }

    /// <summary>The format with an id; null when it is not known.</summary>
    public FileFormat? Find(string id) => Table.Find(id) is { } place ? Table.Formats[place] : null;

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
        return new FormatRegistry(FormatTable.Build(source, registry, new HashSet<string>(), findings));
    }

    /// <summary>Reads what <see cref="WriteCompiled"/> wrote.</summary>
    /// <exception cref="InvalidDataException">It is something else, or of another version of this program.</exception>
    /// <exception cref="EndOfStreamException">It is cut off.</exception>
    public static FormatRegistry ReadCompiled(Stream source) => new(TableFile.Read(source));

    /// <summary>Writes the registry as it is in memory: a cache that only this version of the program reads.</summary>
    public void WriteCompiled(Stream target) => TableFile.Write(Table, target);

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
