using System.Collections.Concurrent;
using System.Net.Sockets;
using Lantai.Containers;
using Lantai.InformationPackages;
using Lantai.Inspection;
using Lantai.Words;

namespace Lantai.Adapters.Clamav;

/// <summary>An antivirus engine behind clamd: contents are streamed to it, each over a connection of its own, and never written to disk here.</summary>
/// <param name="address">Where it listens.</param>
/// <param name="limits">How long it is waited for.</param>
/// <param name="time">The clock.</param>
/// <param name="stated">When its definitions were made, as its operator states where the engine does not say it: with definitions of one's own; null where nobody does.</param>
/// <remarks>Safe for concurrent use. An engine that is away, slow, or says nonsense is told in the facts: nothing counts as clean but what it called so.</remarks>
public sealed class ClamavAntivirus(ClamdAddress address, ClamavLimits limits, TimeProvider time, DateTimeOffset? stated = null) : IAntivirus
{
    private const int MostLost = 3;

    private readonly ConcurrentDictionary<string, ClamavReach> _reaches = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public AntivirusFacts Scan(IReadOnlyList<PackageFile> files, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(files);
        var (answer, trouble) = Within(limits.Greeting, Greet, stop);
        if (ClamavAnswer.Version(answer) is not { } version)
        {
            return new AntivirusFacts(null, null, [], [], Finding.Error("INS-390", address.ToString(), ("unscanned", trouble ?? "not-understood")));
        }

        var (infected, missed) = (new List<KeyValuePair<string, string>>(), new List<KeyValuePair<string, string>>());
        var (began, lost) = (time.GetTimestamp(), 0);

        // One that was started anew may have other limits; it says so only by other definitions.
        var reach = _reaches.GetOrAdd(answer!, static (_, engine) => new ClamavReach(engine.Show), this);
        var unproven = files.Count == 0 ? null : reach.WhyNot(files.Max(f => f.Length), stop);
        foreach (var file in files)
        {
            var left = limits.Package - time.GetElapsedTime(began);
            var (found, unscanned) = unproven is not null and not "too-long" ? (null, unproven)
                : left <= TimeSpan.Zero ? (null, "too-slow")
                : lost >= MostLost ? (null, "connection")
                : reach.WhyNot(file.Length, stop) is { } why ? (null, why)
                : Scan(file, left < limits.File ? left : limits.File, stop);
            lost = unscanned == "connection" ? lost + 1 : 0;
            Add(infected, file, found);
            Add(missed, file, unscanned);
        }

        return new AntivirusFacts(version.Engine, version.Definitions ?? stated, infected, missed, null) { AreDefinitionsStated = version.Definitions is null && stated is not null };
    }

    private (string? Found, string? Unscanned) Scan(PackageFile file, TimeSpan limit, CancellationToken stop)
    {
        try
        {
            return Ask(limit, file.OpenRead, stop);
        }
        catch (ContentException)
        {
            return (null, "unreadable"); // the finding is told where the content is looked at
        }
    }

    private string? Greet(CancellationToken stop)
    {
        using var connection = ClamdConnection.Open(address, stop);
        return connection.Ask("VERSION");
    }

    private (string? Found, string? Unscanned) Show(long length, CancellationToken stop) => Ask(limits.File, () => new ProbeContent(length), stop);

    private (string? Found, string? Unscanned) Ask(TimeSpan limit, Func<Stream> open, CancellationToken stop)
    {
        var (answer, trouble) = Within(limit, token => Send(open, token), stop);
        return trouble is not null ? (null, trouble) : ClamavAnswer.Scan(answer.Said, answer.IsWhole);
    }

    private (string? Said, bool IsWhole) Send(Func<Stream> open, CancellationToken stop)
    {
        using var content = open();
        using var connection = ClamdConnection.Open(address, stop);
        return connection.Scan(content);
    }

    /// <summary>Asks within a time. The trouble is a text key without its prefix <c>unscanned.</c>.</summary>
    private (T? Answer, string? Trouble) Within<T>(TimeSpan limit, Func<CancellationToken, T> ask, CancellationToken stop)
    {
        using var late = new CancellationTokenSource(limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, late.Token);
        try
        {
            return (ask(either.Token), null);
        }
        catch (Exception gone) when (gone is SocketException or EndOfStreamException or ObjectDisposedException)
        {
            stop.ThrowIfCancellationRequested();
            return (default, late.IsCancellationRequested ? "too-slow" : "connection");
        }
    }

    private static void Add(List<KeyValuePair<string, string>> list, PackageFile file, string? said)
    {
        if (said is not null)
        {
            list.Add(KeyValuePair.Create(file.Path, said));
        }
    }
}
