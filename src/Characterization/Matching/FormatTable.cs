using Lantai.Characterization.Registry;
using Lantai.Words;

namespace Lantai.Characterization.Matching;

/// <summary>A signature and the format that it tells; compiled when it is first tried.</summary>
/// <param name="format">Place of the format in the table.</param>
/// <param name="signature">The signature.</param>
internal sealed class FormatSignature(int format, RegistrySignature signature)
{
    private CompiledSequence[]? _compiled; // written whole and only once more by a thread that raced: both are the same

    public int Format => format;

    public RegistrySignature Signature => signature;

    /// <summary>Bytes that the expressions spell out: the more, the less by chance.</summary>
    public int Weight => signature.Sequences.Sum(s => s.Bytes.Length);

    public CompiledSequence[] Sequences => _compiled ??= [.. signature.Sequences.Select(s => CompiledSequence.Compile(s))];

    /// <summary>Whether all its sequences match.</summary>
    public bool Matches(in FileWindows windows, ref long budget)
    {
        foreach (var sequence in Sequences)
        {
            if (!sequence.Matches(windows, ref budget))
            {
                return false;
            }
        }

        return true;
    }
}

/// <summary>A signature of a container and the format that it tells.</summary>
/// <param name="Format">Place of the format in the table.</param>
/// <param name="Container">The signature.</param>
internal sealed record FormatContainer(int Format, RegistryContainer Container)
{
    private readonly FormatSignature[][] _files = [.. Container.Files.Select(f => f.Signatures.Select(s => new FormatSignature(Format, s)).ToArray())];

    /// <summary>The signatures of its files, in order; any of a file's must match, none means that being there is enough.</summary>
    public IReadOnlyList<IReadOnlyList<FormatSignature>> Files => _files;
}

/// <summary>All formats of a registry, compiled: which bytes at which places make which signatures worth comparing.</summary>
/// <remarks>Immutable but for what is compiled on first use; safe for concurrent use.</remarks>
internal sealed class FormatTable
{
    private readonly Dictionary<string, int> _byId = new(StringComparer.Ordinal);

    internal FormatTable(
        string source, FileFormat[] formats, int[][] over, FormatSignature[] signatures, FormatContainer[] containers, TriggerTable triggers, int[] scanned)
    {
        (Source, Formats, Over, Signatures, Triggers, Scanned) = (source, formats, over, signatures, triggers, scanned);
        Sequences = new SharedSequences(signatures);
        Zips = [.. containers.Where(c => c.Container.Kind == ContainerKind.Zip)];
        Compounds = [.. containers.Where(c => c.Container.Kind == ContainerKind.Compound)];
        for (var i = 0; i < formats.Length; i++)
        {
            _byId[formats[i].Id] = i;
        }
    }

    /// <summary>What it was made from, such as <c>PRONOM 122</c>.</summary>
    public string Source { get; }

    public FileFormat[] Formats { get; }

    /// <summary>Format → the formats that it sets aside.</summary>
    public int[][] Over { get; }

    public FormatSignature[] Signatures { get; }

    /// <summary>Their sequences.</summary>
    public SharedSequences Sequences { get; }

    /// <summary>Signatures of zips.</summary>
    public FormatContainer[] Zips { get; }

    /// <summary>Signatures of compound files.</summary>
    public FormatContainer[] Compounds { get; }

    public TriggerTable Triggers { get; }

    /// <summary>Signatures that no fixed bytes tell: they are compared with every file.</summary>
    public int[] Scanned { get; }

    /// <summary>The place of a format; null when it is not in the table.</summary>
    public int? Find(string id) => _byId.TryGetValue(id, out var place) ? place : null;

    /// <summary>Compiles a registry. A signature that cannot be read is told (FMT-001) and left out.</summary>
    /// <param name="source">What it was made from.</param>
    /// <param name="registry">The formats; ids are unique.</param>
    /// <param name="findings">Takes what is wrong.</param>
    public static FormatTable Build(string source, IReadOnlyList<RegistryFormat> registry, List<Finding> findings)
    {
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < registry.Count; i++)
        {
            places.Add(registry[i].Format.Id, i);
        }

        var (signatures, containers, keys, scanned) = (new List<FormatSignature>(), new List<FormatContainer>(), new List<(TriggerKey, int)>(), new List<int>());
        for (var i = 0; i < registry.Count; i++)
        {
            foreach (var signature in registry[i].Signatures)
            {
                var candidate = new FormatSignature(i, signature);
                if (CanCompile(candidate, registry[i].Format.Id, findings))
                {
                    AddTriggers(candidate, signatures.Count, keys, scanned);
                    signatures.Add(candidate);
                }
            }

            foreach (var container in registry[i].Containers)
            {
                var candidate = new FormatContainer(i, container);
                if (candidate.Files.All(f => f.All(s => CanCompile(s, registry[i].Format.Id, findings))))
                {
                    containers.Add(candidate);
                }
            }
        }

        return new FormatTable(
            source, [.. registry.Select(f => f.Format)],
            [.. registry.Select(f => f.Over.Where(places.ContainsKey).Select(id => places[id]).ToArray())],
            [.. signatures], [.. containers], TriggerTable.Build(keys), [.. scanned]);
    }

    private static bool CanCompile(FormatSignature signature, string id, List<Finding> findings)
    {
        try
        {
            return signature.Sequences.Length > 0;
        }
        catch (FormatException wrong)
        {
            findings.Add(Finding.Warning("FMT-001", id, ("cause", wrong.Message)));
            return false;
        }
    }

    // The sequence with the fewest keys: each costs a look in the table, and the rarer it is found the better.
    private static void AddTriggers(FormatSignature signature, int place, List<(TriggerKey, int)> keys, List<int> scanned)
    {
        IReadOnlyList<TriggerKey> best = [];
        foreach (var sequence in signature.Sequences)
        {
            var some = TriggerKey.Of(sequence);
            best = some.Count > 0 && (best.Count == 0 || Rank(some) < Rank(best)) ? some : best;
        }

        if (best.Count == 0)
        {
            scanned.Add(place);
        }

        keys.AddRange(best.Select(k => (k, place)));
    }

    // A key of one byte is found 16 million times as often as one of four.
    private static int Rank(IReadOnlyList<TriggerKey> keys) => keys.Count * (1 + (4 - (int)((keys[0].Value >> 32) & 7)) * 16);
}
