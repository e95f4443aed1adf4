using System.Collections.Concurrent;
using System.Text.Json;
using Lantai.Characterization.Registry;
using Lantai.Words;

namespace Lantai.Characterization.Policy;

/// <summary>
/// Which formats are archived in, received for conversion, looked at by a person, or refused. A policy is data; overlays of
/// it may be stricter and never weaker. spec/formats/format-policy.md
/// </summary>
/// <remarks>Immutable, safe for concurrent use.</remarks>
public sealed class FormatPolicy
{
    private const int MostOverlays = 16;

    private readonly PolicyLayer _given;
    private readonly IReadOnlyList<PolicyLayer> _layers;
    private readonly ConcurrentDictionary<(string?, FormatClass), PolicyVerdict> _byFormat = new(); // as many as there are formats

    private FormatPolicy(PolicyLayer given, params IEnumerable<PolicyLayer> overlays) => (_given, _layers) = (given, [given.AsLowest(), .. overlays]);

    /// <summary>The policy that applies when a site sets none.</summary>
    public static FormatPolicy Default { get; } = ReadDefault();

    /// <summary>Name of the policy.</summary>
    public string Name => _layers[0].Name;

    /// <summary>Version of the policy.</summary>
    public string Version => _layers[0].Version;

    /// <summary>Names and versions of the overlays, in the order they were laid on.</summary>
    public IReadOnlyList<string> Overlays => [.. _layers.Skip(1).Select(l => $"{l.Name} {l.Version}")];

    /// <summary>Reads a policy, or an overlay of one.</summary>
    /// <param name="json">Its bytes, at most 4 MiB.</param>
    /// <param name="displayName">How findings call it.</param>
    /// <param name="findings">Receives what is wrong with it (FMT-060).</param>
    /// <returns>Null when anything is wrong with it.</returns>
    public static FormatPolicy? TryRead(ReadOnlySpan<byte> json, string displayName, ICollection<Finding> findings)
    {
        ArgumentNullException.ThrowIfNull(findings);
        var reader = new StrictJson(json);
        try
        {
            return new FormatPolicy(PolicyFile.Read(ref reader, json.Length));
        }
        catch (JsonException e)
        {
            findings.Add(Finding.Error("FMT-060", displayName, ("place", reader.Place), ("fault", StrictJson.Fault(e))));
            return null;
        }
    }

    /// <summary>
    /// This policy with an overlay. Whatever both speak of, the stricter one counts; a rule of the overlay that is weaker than
    /// one of this policy about the same is left out and told (FMT-061).
    /// </summary>
    /// <exception cref="ArgumentException">There are 16 overlays already, or the overlay has some of its own.</exception>
    public FormatPolicy With(FormatPolicy overlay, ICollection<Finding> findings)
    {
        ArgumentNullException.ThrowIfNull(overlay);
        ArgumentNullException.ThrowIfNull(findings);
        if (overlay._layers.Count != 1 || _layers.Count > MostOverlays)
        {
            throw new ArgumentException("An overlay is one policy, and there are at most 16 of them.", nameof(overlay));
        }

        return new FormatPolicy(_given, [.. _layers.Skip(1), PolicyOverlay.Strict(_layers, overlay._given, findings)]);
    }

    /// <summary>Judges a file.</summary>
    /// <param name="formatId">Its format as a registry names it; null when it was not identified.</param>
    /// <param name="formatClass">Its class; <see cref="FormatClass.Other"/> when it was not identified.</param>
    /// <param name="examination">What looking into it found; null when nobody looked: then no limit applies.</param>
    public PolicyVerdict Judge(string? formatId, FormatClass formatClass, FileExamination? examination) => examination is null
        ? _byFormat.GetOrAdd((formatId, formatClass), key => Decide(key.Item1, key.Item2, null))
        : Decide(formatId, formatClass, examination);

    private PolicyVerdict Decide(string? formatId, FormatClass formatClass, FileExamination? examination)
    {
        var sayings = _layers.SelectMany(layer => layer.Say(formatId, formatClass, examination).Select(says => (Layer: layer, Says: says))).ToList();
        var strictest = sayings.Max(s => s.Says.Verdict);
        var deciding = sayings.Where(s => s.Says.Verdict == strictest).ToList();
        return new PolicyVerdict(
            strictest, [.. deciding.SelectMany(s => s.Says.Reasons).Distinct()], [.. deciding.SelectMany(s => s.Says.Basis).Distinct()],
            deciding[0].Layer.Name, deciding[0].Layer.Version, deciding[0].Says.Name);
    }

    private static FormatPolicy ReadDefault()
    {
        using var stream = typeof(FormatPolicy).Assembly.GetManifestResourceStream("Policy.policy.json")!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        var reader = new StrictJson(bytes);
        return new FormatPolicy(PolicyFile.Read(ref reader, bytes.Length));
    }
}
