using System.Xml;
using Lantai.Characterization.Examination;
using Lantai.Containers;
using Lantai.Words;

namespace Lantai.Characterization.Packages;

/// <summary>Follows an OFD from OFD.xml through its documents to pages, resources, signatures and attachments.</summary>
/// <remarks>For one examination. Every part is parsed once, so documents that name each other in a circle come to an end.</remarks>
internal sealed class OfdDocuments(PackageParts parts, ExaminationNotes notes)
{
    private const int MostQueued = 100_000;

    private readonly Queue<(string Name, Role Role)> _open = new();
    private readonly HashSet<string> _read = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _attached = new(StringComparer.OrdinalIgnoreCase);
    private readonly SortedSet<string> _methods = new(StringComparer.Ordinal);
    private readonly List<string> _links = [];
    private readonly OfdFonts _fonts = new();
    private string _folder = "";
    private string _base = "";
    private long _documents;
    private long _pages;
    private long? _signatures;
    private long? _attachments;

    private enum Role
    {
        Root,
        Document,
        Page,
        Resource,
        Signatures,
        Signature,
        Attachments,
    }

    /// <summary>Whether a part was parsed already.</summary>
    public bool WasRead(ZipEntry entry) => _read.Contains(Key(entry));

    /// <summary>Whether a part is an attachment of a document.</summary>
    public bool IsAttachment(ZipEntry entry) => _attached.Contains(Key(entry));

    /// <summary>Whether a part that no document names may be a file of its own; a seal and a signed value are CMS by design.</summary>
    public static bool IsLookedInto(string name) =>
        !name.EndsWith(".dat", StringComparison.OrdinalIgnoreCase) && !name.EndsWith(".esl", StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads OFD.xml and what it leads to.</summary>
    public void Read(string root)
    {
        _open.Enqueue((root, Role.Root));
        while (_open.TryDequeue(out var next))
        {
            if (parts.Find(next.Name) is { } entry && _read.Add(Key(entry)))
            {
                _folder = Folder(Key(entry));
                _base = "";
                Parse(entry, next.Role);
            }
        }
    }

    /// <summary>A part is not there: an encrypted package may lack any of them, another may not.</summary>
    public void Missing(string name)
    {
        if (!notes.IsEncrypted)
        {
            notes.Broken(name, "missing-part");
        }
    }

    // Without these a page shows as it was meant to, so far as it needs nothing of them.
    private void MissingList(string name)
    {
        if (!notes.IsEncrypted)
        {
            notes.Tell(Finding.Warning("FMT-150", notes.Subject, ("part", name)));
        }
    }

    /// <summary>Looks at a node of a part that no document names.</summary>
    public void VisitOther(XmlReader reader) => VisitAction(reader);

    /// <summary>Notes what was counted.</summary>
    public void Conclude()
    {
        notes.Set("documents", _documents);
        notes.Set("pages", _pages);
        CountUnnamed();
        if (_signatures is { } signatures)
        {
            notes.Set("signatures", signatures);
            notes.Set("signature-methods", _methods);
        }

        if (_attachments is { } attachments)
        {
            notes.Set("attachments", attachments);
        }

        notes.Set("fonts-embedded", _fonts.Embedded);
        notes.Set("fonts-not-embedded", _fonts.NotEmbedded);
        _links.ForEach(l => notes.Active("hyperlink", l));
    }

    // Some programs write the list and forget to name it.
    private void CountUnnamed()
    {
        foreach (var name in parts.Entries.Select(e => e.Name.Display))
        {
            _signatures ??= name.EndsWith("/Signatures.xml", StringComparison.OrdinalIgnoreCase) ? 0 : null;
            _attachments ??= name.EndsWith("/Attachments.xml", StringComparison.OrdinalIgnoreCase) ? 0 : null;
        }
    }

    private void Parse(ZipEntry entry, Role role)
    {
        var info = new TextElements((element, text) => Take(role, element, text));
        var isWhole = parts.Read(entry, notes, reader =>
        {
            if (reader.NodeType == XmlNodeType.Element)
            {
                VisitElement(reader, role);
            }

            info.Visit(reader);
        });
        if (isWhole && role == Role.Document)
        {
            _documents++;
        }
    }

    private void VisitElement(XmlReader reader, Role role)
    {
        VisitAction(reader);
        var location = reader.GetAttribute("BaseLoc");
        switch (role, reader.LocalName)
        {
            case (Role.Root, "OFD"):
                notes.Set("format-version", reader.GetAttribute("Version"));
                notes.Set("conformance-claim", reader.GetAttribute("DocType"));
                break;
            case (Role.Document, "Page"):
                _pages++;
                Follow(location, Role.Page);
                break;
            case (Role.Document, "TemplatePage"):
                Follow(location, Role.Page);
                break;
            case (Role.Resource, "Res"):
                _base = location ?? "";
                break;
            case (Role.Resource, "Font"):
                _fonts.Begin(reader.GetAttribute("FontName") ?? "");
                break;
            case (Role.Signatures, "Signatures"):
                _signatures ??= 0;
                break;
            case (Role.Signatures, "Signature"):
                _signatures = (_signatures ?? 0) + 1;
                Follow(location, Role.Signature);
                break;
            case (Role.Attachments, "Attachments"):
                _attachments ??= 0;
                break;
            case (Role.Attachments, "Attachment"):
                _attachments = (_attachments ?? 0) + 1;
                break;
        }
    }

    private void Take(Role role, string element, string text)
    {
        switch (role, element)
        {
            case (Role.Root, "Title" or "Author" or "Creator" or "CreatorVersion" or "CreationDate" or "ModDate"):
                notes.Set(PropertyName(element), text);
                break;
            case (Role.Root, "DocRoot"):
                Follow(text, Role.Document);
                break;
            case (Role.Root, "Signatures"):
                Follow(text, Role.Signatures);
                break;
            case (Role.Document, "PublicRes" or "DocumentRes") or (Role.Page, "PageRes"):
                Follow(text, Role.Resource);
                break;
            case (Role.Document, "Attachments"):
                Follow(text, Role.Attachments);
                break;
            case (Role.Document, "PhysicalBox"):
                notes.Set("page-box", text);
                break;
            case (Role.Resource, "FontFile"):
                _fonts.Embed();
                Require(text);
                break;
            case (Role.Resource, "MediaFile"):
                Require(text);
                break;
            case (Role.Signature, "SignatureMethod") when _methods.Count < 16:
                _ = _methods.Add(text);
                break;
            case (Role.Attachments, "FileLoc"):
                _ = Resolve(text) is { } found && _attached.Add(found);
                break;
        }
    }

    private static string PropertyName(string element) => element switch
    {
        "Creator" => "creating-application", "CreatorVersion" => "creating-application-version", "CreationDate" => "created", "ModDate" => "modified", "Title" => "title", _ => "author",
    };

    private void VisitAction(XmlReader reader)
    {
        if (reader.NodeType == XmlNodeType.Element && reader.LocalName == "URI" && reader.GetAttribute("URI") is { Length: > 0 } target && _links.Count < 64)
        {
            _links.Add(target);
        }
    }

    private void Follow(string? location, Role role)
    {
        if (string.IsNullOrWhiteSpace(location))
        {
            return;
        }

        if (Resolve(location) is { } found)
        {
            if (_open.Count < MostQueued)
            {
                _open.Enqueue((found, role));
            }
        }
        else if (role is Role.Document or Role.Page)
        {
            Missing(location);
        }
        else
        {
            MissingList(location);
        }
    }

    private void Require(string location)
    {
        if (Resolve(location) is null)
        {
            Missing(location);
        }
    }

    // A place is absolute with '/' in front, else it counts from the folder of the file that names it (GB/T 33190 §7.2);
    // programs also count from the root, or write the folder twice, and every reader opens that.
    private string? Resolve(string location)
    {
        var plain = location.Trim().Replace('\\', '/');
        string[] tries = plain.StartsWith('/') ? [plain] : [Join(_folder, Join(_base, plain)), Join(_folder, plain), Join(_base, plain), plain];
        return Array.Find(tries, t => parts.Has(Clean(t))) is { } found ? Key(parts.Find(Clean(found))!) : null;
    }

    private static string Join(string folder, string name) => folder.Length == 0 || name.StartsWith('/') ? name : folder.TrimEnd('/') + "/" + name;

    private static string Clean(string path)
    {
        var segments = new List<string>();
        foreach (var segment in path.Split('/'))
        {
            if (segment == ".." && segments.Count > 0)
            {
                segments.RemoveAt(segments.Count - 1);
            }
            else if (segment is not ("" or "." or ".."))
            {
                segments.Add(segment);
            }
        }

        return string.Join('/', segments);
    }

    private static string Key(ZipEntry entry) => entry.Name.Display.Replace('\\', '/').TrimStart('/');

    private static string Folder(string name) => name[..Math.Max(0, name.LastIndexOf('/'))];
}
