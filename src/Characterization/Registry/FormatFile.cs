using System.Text.Json;
using Lantai.Words;

namespace Lantai.Characterization.Registry;

/// <summary>Reads a registry file: formats and how they are recognised. spec/formats/format-registry.md</summary>
/// <remarks>Pure; safe for concurrent use. Patterns are taken as they stand: the engine that compiles them judges them.</remarks>
internal static class FormatFile
{
    private const int MostBytes = 16 << 20;

    /// <summary>The formats that are built in, read anew at each call: an engine reads them once.</summary>
    public static IReadOnlyList<RegistryFormat> ReadBuiltIn()
    {
        using var stream = typeof(FormatFile).Assembly.GetManifestResourceStream("Registry.formats.json")!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        var reader = new StrictJson(bytes);
        reader.Begin(bytes.Length, MostBytes);
        return Read(ref reader);
    }

    /// <summary>Reads a registry file.</summary>
    /// <param name="json">Its bytes.</param>
    /// <param name="displayName">How findings call it.</param>
    /// <param name="findings">Receives what is wrong with it (FMT-060).</param>
    /// <returns>The formats in the order of the file; null when anything is wrong with it.</returns>
    public static IReadOnlyList<RegistryFormat>? TryRead(ReadOnlySpan<byte> json, string displayName, ICollection<Finding> findings)
    {
        var reader = new StrictJson(json);
        try
        {
            reader.Begin(json.Length, MostBytes);
            return Read(ref reader);
        }
        catch (JsonException e)
        {
            findings.Add(Finding.Error("FMT-060", displayName, ("place", reader.Place), ("fault", StrictJson.Fault(e))));
            return null;
        }
    }

    private static List<RegistryFormat> Read(ref StrictJson reader)
    {
        var formats = new List<RegistryFormat>();
        var ids = new HashSet<string>(StringComparer.Ordinal);
        reader.EnterArray();
        while (reader.NextItem())
        {
            var format = ReadFormat(ref reader);
            formats.Add(ids.Add(format.Format.Id) ? format : throw StrictJson.Wrong("id-twice"));
        }

        reader.End();
        return formats;
    }

    private static RegistryFormat ReadFormat(ref StrictJson reader)
    {
        string? id = null, name = null, chinese = null, version = null;
        FormatClass? kind = null;
        List<string> mediaTypes = [], extensions = [], over = [];
        List<RegistrySignature> signatures = [];
        List<RegistryContainer> containers = [];
        reader.EnterObject();
        while (reader.NextMember(out var member))
        {
            switch (member)
            {
                case "id": id = FormatIds.Checked(reader.Text()); break;
                case "name": name = reader.Text(); break;
                case "zh": chinese = reader.Text(); break;
                case "version": version = reader.Text(); break;
                case "class": kind = FormatIds.Class(reader.Text()); break;
                case "mime": mediaTypes = reader.Texts(); break;
                case "extensions": extensions = reader.Texts(); break;
                case "over": over = reader.Texts(); break;
                case "signatures": signatures = ReadSignatures(ref reader); break;
                case "containers": containers = ReadContainers(ref reader); break;
                default: throw StrictJson.Wrong("unknown-member");
            }
        }

        return id is null || name is null || kind is null
            ? throw StrictJson.Wrong("member-missing")
            : new RegistryFormat(new FileFormat(id, name, chinese, version, mediaTypes, extensions, kind.Value), over, signatures, containers);
    }

    private static List<RegistrySignature> ReadSignatures(ref StrictJson reader)
    {
        var signatures = new List<RegistrySignature>();
        reader.EnterArray();
        while (reader.NextItem())
        {
            List<RegistrySequence> sequences = [];
            reader.EnterObject();
            while (reader.NextMember(out var member))
            {
                sequences = member == "sequences" ? ReadSequences(ref reader) : throw StrictJson.Wrong("unknown-member");
            }

            // A signature without sequences would match everything.
            signatures.Add(sequences.Count > 0 ? new RegistrySignature(sequences) : throw StrictJson.Wrong("member-missing"));
        }

        return signatures;
    }

    private static List<RegistrySequence> ReadSequences(ref StrictJson reader)
    {
        var sequences = new List<RegistrySequence>();
        reader.EnterArray();
        while (reader.NextItem())
        {
            sequences.Add(ReadSequence(ref reader));
        }

        return sequences;
    }

    private static RegistrySequence ReadSequence(ref StrictJson reader)
    {
        SequencePlace? place = null;
        string? bytes = null;
        long least = 0;
        long? most = null;
        reader.EnterObject();
        while (reader.NextMember(out var member))
        {
            switch (member)
            {
                case "at": place = Place(reader.Text()); break;
                case "min": least = reader.Number(); break;
                case "max": most = reader.Number(); break;
                case "bytes": bytes = reader.Text(); break;
                default: throw StrictJson.Wrong("unknown-member");
            }
        }

        if (place is null || bytes is null)
        {
            throw StrictJson.Wrong("member-missing");
        }

        var end = most ?? (place == SequencePlace.Anywhere ? -1 : least);
        return least >= 0 && (end == -1 || end >= least) ? new RegistrySequence(place.Value, least, end, bytes) : throw StrictJson.Wrong("no-range");
    }

    private static List<RegistryContainer> ReadContainers(ref StrictJson reader)
    {
        var containers = new List<RegistryContainer>();
        reader.EnterArray();
        while (reader.NextItem())
        {
            ContainerKind? kind = null;
            List<RegistryContainerFile> files = [];
            reader.EnterObject();
            while (reader.NextMember(out var member))
            {
                switch (member)
                {
                    case "type": kind = Kind(reader.Text()); break;
                    case "files": files = ReadFiles(ref reader); break;
                    default: throw StrictJson.Wrong("unknown-member");
                }
            }

            containers.Add(kind is not null && files.Count > 0 ? new RegistryContainer(kind.Value, files) : throw StrictJson.Wrong("member-missing"));
        }

        return containers;
    }

    private static List<RegistryContainerFile> ReadFiles(ref StrictJson reader)
    {
        var files = new List<RegistryContainerFile>();
        reader.EnterArray();
        while (reader.NextItem())
        {
            string? path = null;
            List<RegistrySequence> sequences = [];
            reader.EnterObject();
            while (reader.NextMember(out var member))
            {
                switch (member)
                {
                    case "path": path = reader.Text(); break;
                    case "sequences": sequences = ReadSequences(ref reader); break;
                    default: throw StrictJson.Wrong("unknown-member");
                }
            }

            files.Add(new RegistryContainerFile(path ?? throw StrictJson.Wrong("member-missing"), sequences.Count == 0 ? [] : [new RegistrySignature(sequences)]));
        }

        return files;
    }

    private static SequencePlace Place(string text) => text switch
    {
        "bof" => SequencePlace.Start,
        "eof" => SequencePlace.End,
        "any" => SequencePlace.Anywhere,
        _ => throw StrictJson.Wrong("unknown-value"),
    };

    private static ContainerKind Kind(string text) => text switch
    {
        "zip" => ContainerKind.Zip,
        "ole2" => ContainerKind.Compound,
        _ => throw StrictJson.Wrong("unknown-value"),
    };
}
