using Lantai.InformationPackages.Xml;

namespace Lantai.InformationPackages;

/// <summary>Opens the XML files of a case package and writes blocks back into elements.</summary>
internal static class CaseMarkup
{
    /// <summary>The root of a file of the package; null when it is not there, cannot be read, or is another root, which is told.</summary>
    /// <param name="package">The package.</param>
    /// <param name="prefix">Where it lies.</param>
    /// <param name="path">The file.</param>
    /// <param name="root">The name of the root.</param>
    /// <param name="findings">Takes what is wrong.</param>
    /// <param name="stop">Ends the reading.</param>
    internal static MarkupElement? Open(PackageTree package, string prefix, string path, string root, PackageFindings findings, CancellationToken stop)
    {
        if (package.Find(path) is not { } file)
        {
            findings.Error("PKG-005", prefix + path, "", "group-1-5");
            return null;
        }

        var document = MarkupReader.Read(file.OpenRead, new MarkupReading(prefix + path, MarkupEncoding.Utf8) { Budget = findings.Budget }, findings.Add, stop);
        if (document is not null && document.Root.Name != root)
        {
            findings.Error("PKG-006", prefix + path, document.Root.Path, "group-1-5", root, document.Root.Name);
            return null;
        }

        foreach (var element in document?.Everything().Where(e => !IsExtension(e)) ?? [])
        {
            CheckForm(element, prefix + path, findings);
        }

        return document?.Root;
    }

    /// <summary>The profiles have no namespaces, and no text beside elements: neither would be read, nor written again.</summary>
    private static void CheckForm(MarkupElement element, string file, PackageFindings findings)
    {
        if (element.Namespace.Length > 0 && element.Namespace != element.Parent?.Namespace)
        {
            findings.Error("PKG-118", file, element.Path, "group-1-5", "no-namespace", element.Namespace);
        }

        if (element.HasElements && !string.IsNullOrWhiteSpace(element.Value))
        {
            findings.Error("PKG-116", file, element.Path, "group-2-2", "", element.Value.Trim());
        }
    }

    /// <summary>Whether an element is inside the extension block: what an agency adds of its own has its own form.</summary>
    private static bool IsExtension(MarkupElement element)
    {
        for (var around = element.Parent; around is not null; around = around.Parent)
        {
            if (around.LocalName == "kzx")
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Writes the values of a block into an element, in their order.</summary>
    internal static MarkupElement Write(MarkupElement target, CaseFields fields)
    {
        foreach (var field in fields.All)
        {
            _ = field.Raw is { } raw ? target.Add(MarkupCopy.Of(raw)) : target.Add(field.Element!.Xml, field.Value);
        }

        return target;
    }

    /// <summary>Adds copies of what was not recognised.</summary>
    internal static MarkupElement Write(MarkupElement target, IEnumerable<MarkupElement> unknown)
    {
        foreach (var element in unknown)
        {
            _ = target.Add(MarkupCopy.Of(element));
        }

        return target;
    }

    /// <summary>Adds the extension block, if there are items.</summary>
    internal static MarkupElement Write(MarkupElement target, IReadOnlyList<CaseExtension> extensions) =>
        extensions.Count == 0 ? target : target.Add(Write(new MarkupElement("kzx"), extensions.Select(e => e.Raw)));

    /// <summary>A file of the package.</summary>
    internal static PackageFile ToFile(string path, MarkupElement root) =>
        PackageFile.OfBytes(path, MarkupWriter.Write(new MarkupDocument(MarkupEncoding.Utf8, root)));
}
