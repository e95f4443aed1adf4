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
/// <remarks>Safe for concurrent use. An engine that is away, slow, or says nonsense is told in the facts: nothing counts as clean but what it called so.</remarks>
public sealed class ClamavAntivirus(ClamdAddress address, ClamavLimits limits, TimeProvider time) : IAntivirus
{
    private const int MostLost = 3;

    /// <inheritdoc/>
    public AntivirusFacts Scan(IReadOnlyList<PackageFile> files, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(files);
        return ScanAsync(files, stop).GetAwaiter().GetResult();
    }

    private async Task<AntivirusFacts> ScanAsync(IReadOnlyList<PackageFile> files, CancellationToken stop)
    {
        var (answer, trouble) = await WithinAsync(limits.Greeting, GreetAsync, stop).ConfigureAwait(false);
        if (ClamavAnswer.Version(answer) is not { } version)
        {
            return new AntivirusFacts(null, null, [], [], Finding.Error("INS-390", address.ToString(), ("unscanned", trouble ?? "not-understood")));
        }

        var (infected, missed) = (new List<KeyValuePair<string, string>>(), new List<KeyValuePair<string, string>>());
        var (began, lost) = (time.GetTimestamp(), 0);
        foreach (var file in files)
        {
            var left = limits.Package - time.GetElapsedTime(began);
            var (found, unscanned) = left <= TimeSpan.Zero ? (null, "too-slow")
                : lost >= MostLost ? (null, "connection")
                : await ScanAsync(file, left < limits.File ? left : limits.File, stop).ConfigureAwait(false);
            lost = unscanned == "connection" ? lost + 1 : 0;
            Add(infected, file, found);
            Add(missed, file, unscanned);
        }

        return new AntivirusFacts(version.Engine, version.Definitions, infected, missed, null);
    }

    private async Task<(string? Found, string? Unscanned)> ScanAsync(PackageFile file, TimeSpan limit, CancellationToken stop)
    {
        try
        {
            var (answer, trouble) = await WithinAsync(limit, token => SendAsync(file, token), stop).ConfigureAwait(false);
            return trouble is not null ? (null, trouble) : ClamavAnswer.Scan(answer);
        }
        catch (ContentException)
        {
            return (null, "unreadable"); // the finding is told where the content is looked at
        }
    }

    private async Task<string?> GreetAsync(CancellationToken stop)
    {
        using var connection = await ClamdConnection.OpenAsync(address, stop).ConfigureAwait(false);
        return await connection.AskAsync("VERSION", stop).ConfigureAwait(false);
    }

    private async Task<string?> SendAsync(PackageFile file, CancellationToken stop)
    {
        using var content = file.OpenRead();
        using var connection = await ClamdConnection.OpenAsync(address, stop).ConfigureAwait(false);
        return await connection.ScanAsync(content, stop).ConfigureAwait(false);
    }

    /// <summary>Asks within a time. The trouble is a text key without its prefix <c>unscanned.</c>.</summary>
    private async Task<(string? Answer, string? Trouble)> WithinAsync(TimeSpan limit, Func<CancellationToken, Task<string?>> ask, CancellationToken stop)
    {
        using var late = new CancellationTokenSource(limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, late.Token);
        try
        {
            return (await ask(either.Token).ConfigureAwait(false), null);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return (null, "too-slow");
        }
        catch (Exception gone) when (gone is SocketException or EndOfStreamException)
        {
            return (null, "connection");
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
