using Lantai.ArchivalStorage;
using Lantai.InformationPackages;

namespace Lantai.Access.Restoration;

/// <summary>
/// Gives out every version asked for, each in a folder of its own with its files below <c>data/</c>: several side by side, every
/// byte verified as it leaves. A folder has its name only when it is whole, so a run that was cut off goes on where it was when
/// it is run again. What is damaged is told and left out; the others come out.
/// </summary>
/// <param name="vault">The store.</param>
/// <param name="time">Gives the time of issue of proofs.</param>
/// <remarks>Memory does not grow with the number of versions, of their files, or with the length of a file. One run at a time into a folder.</remarks>
public sealed class Restoration(Vault vault, TimeProvider time)
{
    private const int MaxWorkers = 8;

    /// <summary>Memory of all batches together.</summary>
    private const int MostRoom = 12 << 20;

    /// <summary>Restores.</summary>
    /// <param name="request">What and where.</param>
    /// <param name="progress">Told of each file's bytes as it is written, by several threads; may be null.</param>
    /// <param name="ended">Told what became of each version, by several threads.</param>
    /// <param name="cancellation">Ends the work: what is whole stays, what is not is removed.</param>
    /// <exception cref="IOException">The target cannot be written, or the store's disk failed as a whole.</exception>
    public async Task RunAsync(RestorationRequest request, Action<long>? progress, Action<RestorationOutcome> ended, CancellationToken cancellation)
    {
        _ = Directory.CreateDirectory(request.Folder);
        var workers = Math.Clamp(Environment.ProcessorCount, 1, MaxWorkers);
        var options = new ParallelOptions { MaxDegreeOfParallelism = workers, CancellationToken = cancellation };
        using var items = new SharedItems(request.Items);
        await Parallel.ForEachAsync(Enumerable.Range(0, workers), options, async (_, stop) =>
        {
            using var reader = vault.NewReader();
            using var worker = new RestorationWorker(item => new RestoredVersion(vault, reader, request, time, progress, item), new RestoredFiles(reader, MostRoom / workers), ended);
            await worker.RunAsync(items, stop).ConfigureAwait(false);
        }).ConfigureAwait(false);
    }
}
