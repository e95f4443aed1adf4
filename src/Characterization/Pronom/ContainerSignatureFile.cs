using System.Xml.Linq;
using Lantai.Characterization.Registry;
using Lantai.Words;

namespace Lantai.Characterization.Pronom;

/// <summary>Reads a container signature file as The National Archives (UK) publish it for DROID: which files inside an OLE2 or zip container tell which format.</summary>
internal static class ContainerSignatureFile
{
    /// <summary>Reads the file: PUID → its container signatures.</summary>
    /// <param name="root">Its root element.</param>
    /// <param name="findings">Takes what is wrong with single signatures, which are then left out.</param>
    public static (string Version, ILookup<string, RegistryContainer> Containers) Read(XElement root, List<Finding> findings)
    {
        var puids = root.Descendants("FileFormatMapping").ToLookup(m => m.Attribute("signatureId")?.Value ?? "", m => m.Attribute("Puid")?.Value ?? "");
        var containers = from signature in root.Descendants("ContainerSignature")
                         let container = ReadContainer(signature, findings)
                         where container is not null
                         from puid in puids[signature.Attribute("Id")?.Value ?? ""]
                         select (puid, container);
        return (root.Attribute("signatureVersion")?.Value ?? "?", containers.ToLookup(c => c.puid, c => c.container));
    }

    private static RegistryContainer? ReadContainer(XElement signature, List<Finding> findings)
    {
        var id = signature.Attribute("Id")?.Value ?? "";
        var files = new List<RegistryContainerFile>();
        foreach (var file in signature.Elements("Files").Elements("File"))
        {
            var some = file.Descendants("InternalSignature").ToList();
            var read = some.Select(s => SignatureFile.ReadSignature(s, findings, id)).OfType<RegistrySignature>().ToList();
            if (file.Element("Path")?.Value is not { Length: > 0 } path || read.Count < some.Count)
            {
                findings.Add(Finding.Warning("FMT-002", id));
                return null;
            }

            files.Add(new RegistryContainerFile(path, read));
        }

        var type = signature.Attribute("ContainerType")?.Value;
        return files.Count > 0 && type is "OLE2" or "ZIP" ? new RegistryContainer(type == "OLE2" ? ContainerKind.Compound : ContainerKind.Zip, files) : null;
    }
}
