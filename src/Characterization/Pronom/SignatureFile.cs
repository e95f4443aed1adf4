using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using Lantai.Characterization.Registry;
using Lantai.Words;

namespace Lantai.Characterization.Pronom;

/// <summary>Reads a signature file as The National Archives (UK) publish it for DROID: formats, byte signatures, priorities.</summary>
internal static class SignatureFile
{
    /// <summary>The namespace of signature files.</summary>
    public const string Namespace = "http://www.nationalarchives.gov.uk/pronom/SignatureFile";

    private static readonly XNamespace Names = Namespace;

    /// <summary>Reads the file.</summary>
    /// <param name="root">Its root element.</param>
    /// <param name="findings">Takes what is wrong with single signatures, which are then left out.</param>
    public static (string Version, IReadOnlyList<RegistryFormat> Formats) Read(XElement root, List<Finding> findings)
    {
        var signatures = new Dictionary<string, RegistrySignature>(StringComparer.Ordinal);
        foreach (var signature in root.Descendants(Names + "InternalSignature"))
        {
            var id = signature.Attribute("ID")?.Value ?? "";
            if (ReadSignature(signature, findings, id) is { } read)
            {
                signatures[id] = read;
            }
        }

        var formats = root.Descendants(Names + "FileFormat")
            .Where(f => f.Attribute("PUID") is { Value.Length: > 0 } && f.Attribute("ID") is not null).DistinctBy(f => f.Attribute("ID")!.Value).ToList();
        var puids = formats.ToDictionary(f => f.Attribute("ID")!.Value, f => f.Attribute("PUID")!.Value, StringComparer.Ordinal);
        return (root.Attribute("Version")?.Value ?? "?", [.. formats.Select(f => ReadFormat(f, signatures, puids)).DistinctBy(f => f.Format.Id)]);
    }

    /// <summary>Reads one internal signature of a signature file or a container signature file; null when it has no sequence.</summary>
    public static RegistrySignature? ReadSignature(XElement signature, List<Finding> findings, string id)
    {
        var sequences = new List<RegistrySequence>();
        foreach (var sequence in signature.Elements().Where(e => e.Name.LocalName == "ByteSequence"))
        {
            if (ReadSequence(sequence) is not { } read)
            {
                findings.Add(Finding.Warning("FMT-002", id));
                return null;
            }

            sequences.Add(read);
        }

        return sequences.Count > 0 ? new RegistrySignature(sequences) : null;
    }

    private static RegistryFormat ReadFormat(XElement format, Dictionary<string, RegistrySignature> signatures, Dictionary<string, string> puids)
    {
        string[] types = format.Attribute("MIMEType")?.Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];
        var extensions = format.Elements(Names + "Extension").Select(e => e.Value.Trim().ToLowerInvariant()).Distinct().ToList();
        var entry = new FileFormat(
            format.Attribute("PUID")!.Value, format.Attribute("Name")?.Value ?? "", null, format.Attribute("Version")?.Value, types, extensions, ClassOf(types));
        return new RegistryFormat(
            entry,
            [.. format.Elements(Names + "HasPriorityOverFileFormatID").Where(i => puids.ContainsKey(i.Value)).Select(i => puids[i.Value])],
            [.. format.Elements(Names + "InternalSignatureID").Where(i => signatures.ContainsKey(i.Value)).Select(i => signatures[i.Value])],
            []);
    }

    private static FormatClass ClassOf(string[] types) => types.FirstOrDefault() switch
    {
        { } type when type.StartsWith("image/", StringComparison.Ordinal) => FormatClass.Image,
        { } type when type.StartsWith("audio/", StringComparison.Ordinal) => FormatClass.Audio,
        { } type when type.StartsWith("video/", StringComparison.Ordinal) => FormatClass.Video,
        { } type when type.StartsWith("message/", StringComparison.Ordinal) => FormatClass.Mail,
        { } type when type.StartsWith("model/", StringComparison.Ordinal) => FormatClass.Model,
        { } type when type.StartsWith("text/", StringComparison.Ordinal) => FormatClass.Text,
        "application/pdf" => FormatClass.Layout,
        _ => FormatClass.Other,
    };

    // The first subsequence lies so far from its anchor; each further one behind (or, from the end, before) its neighbour.
    private static RegistrySequence? ReadSequence(XElement sequence)
    {
        var at = sequence.Attribute("Reference")?.Value switch
        {
            "BOFoffset" => SequencePlace.Start,
            "EOFoffset" => SequencePlace.End,
            _ => SequencePlace.Anywhere,
        };
        var parts = sequence.Elements().Where(e => e.Name.LocalName == "SubSequence").ToList();
        if (parts.Count == 0 || parts.Any(p => p.Elements().All(e => e.Name.LocalName != "Sequence")))
        {
            return null;
        }

        var text = new StringBuilder();
        for (var i = 0; i < parts.Count; i++)
        {
            var neighbour = at == SequencePlace.End ? parts[Math.Max(0, i - 1)] : parts[i];
            if (i > 0)
            {
                AppendGap(text, Number(neighbour, "SubSeqMinOffset") ?? 0, Number(neighbour, "SubSeqMaxOffset") ?? -1);
            }

            AppendPart(text, parts[i]);
        }

        var anchor = at == SequencePlace.End ? parts[^1] : parts[0];
        return new RegistrySequence(at, Number(anchor, "SubSeqMinOffset") ?? 0, Number(anchor, "SubSeqMaxOffset") ?? -1, text.ToString());
    }

    private static void AppendPart(StringBuilder text, XElement part)
    {
        foreach (var group in Fragments(part, "LeftFragment").Reverse())
        {
            AppendGroup(text, group, (t, f) =>
            {
                _ = t.Append(f.Value);
                AppendGap(t, Number(f, "MinOffset") ?? 0, Number(f, "MaxOffset") ?? -1);
            });
        }

        _ = text.Append(part.Elements().First(e => e.Name.LocalName == "Sequence").Value);
        foreach (var group in Fragments(part, "RightFragment"))
        {
            AppendGroup(text, group, (t, f) =>
            {
                AppendGap(t, Number(f, "MinOffset") ?? 0, Number(f, "MaxOffset") ?? -1);
                _ = t.Append(f.Value);
            });
        }
    }

    private static IEnumerable<IGrouping<long, XElement>> Fragments(XElement part, string name) =>
        part.Elements().Where(e => e.Name.LocalName == name).GroupBy(f => Number(f, "Position") ?? 1).OrderBy(g => g.Key);

    // Fragments with one position are alternatives.
    private static void AppendGroup(StringBuilder text, IEnumerable<XElement> group, Action<StringBuilder, XElement> append)
    {
        var separator = '(';
        foreach (var fragment in group)
        {
            _ = text.Append(separator);
            append(text, fragment);
            separator = '|';
        }

        _ = text.Append(')');
    }

    private static void AppendGap(StringBuilder text, long min, long max)
    {
        if (max != 0)
        {
            _ = text.Append(CultureInfo.InvariantCulture, $"{{{min}-{(max < 0 ? "*" : max.ToString(CultureInfo.InvariantCulture))}}}");
        }
    }

    private static long? Number(XElement element, string name) =>
        long.TryParse(element.Attribute(name)?.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value < 1L << 26 ? value : null;
}
