using System.Globalization;
using System.Text;
using Lantai.ArchivalStorage;
using Lantai.Evidence;
using Lantai.StoreFormat;
using Lantai.Words;

namespace Lantai.Cli.Commands;

/// <summary>What the files of a store say of its last checkpoint and its last fixity check.</summary>
/// <param name="Size">Leaves under the last checkpoint; null when it cannot be read.</param>
/// <param name="Audited">When the last fixity check began; null when there is none.</param>
/// <param name="Waiting">The packages that wait for a decision.</param>
/// <param name="Findings">Why the store is not well.</param>
internal sealed record StoreHealth(long? Size, DateTimeOffset? Audited, IReadOnlyList<WaitingStay> Waiting, IReadOnlyList<Finding> Findings)
{
    private static readonly TimeSpan Patience = TimeSpan.FromDays(1); // a run over the waiting room once a day comes in time

    private const string TimeForm = "yyyyMMdd'T'HHmmss'Z'";

    /// <exception cref="StorageException">The folder is no store, or cannot be read.</exception>
    public static StoreHealth Read(string root, DateTimeOffset now, TimeSpan maxAge)
    {
        var disk = new LocalDisk(root);
        var origin = Vault.ReadDescriptor(disk).Origin;
        var findings = new List<Finding>();
        return new StoreHealth(ReadCheckpoint(root, origin, findings), ReadAudit(root, now, maxAge, findings), ReadWaiting(disk, now, findings), findings);
    }

    private static IReadOnlyList<WaitingStay> ReadWaiting(LocalDisk disk, DateTimeOffset now, List<Finding> findings)
    {
        var waiting = WaitingRoom.List(disk);
        if (waiting.Count(w => w.IsDestroyed || w.Until + Patience < now) is > 0 and var over)
        {
            findings.Add(Finding.Error("CLI-007", StoreLayout.Waiting, ("count", over)));
        }

        return waiting;
    }

    private static long? ReadCheckpoint(string root, string origin, List<Finding> findings)
    {
        var path = Path.Combine(root, StoreLayout.Checkpoint);
        if (!File.Exists(path))
        {
            findings.Add(Finding.Error("CLI-001", StoreLayout.Checkpoint));
            return null;
        }

        var keyFile = Path.Combine(root, StoreLayout.VerifierKey);
        var isGood = SignedNote.TryParse(File.ReadAllBytes(path), out var note) & Checkpoint.TryRead(note?.Text ?? "", out var checkpoint)
            && checkpoint.Origin == origin
            && File.Exists(keyFile) && VerifierKey.TryParse(File.ReadAllText(keyFile).Trim(), out var key) && key.Verifies(note!);
        if (!isGood)
        {
            findings.Add(Finding.Error("CLI-002", StoreLayout.Checkpoint));
        }

        return isGood ? checkpoint.Size : null;
    }

    private static DateTimeOffset? ReadAudit(string root, DateTimeOffset now, TimeSpan maxAge, List<Finding> findings)
    {
        var folder = Path.Combine(root, StoreLayout.Audit);
        var last = Directory.Exists(folder)
            ? Directory.EnumerateFiles(folder, "*.jsonl").Select(f => (File: f, Time: TimeOf(Path.GetFileName(f)))).Where(f => f.Time is not null).OrderBy(f => f.Time).LastOrDefault()
            : default;
        if (last.Time is not { } time)
        {
            findings.Add(Finding.Error("CLI-003", StoreLayout.Audit));
            return null;
        }

        var name = StoreLayout.Audit + "/" + Path.GetFileName(last.File);
        if (now - time > maxAge)
        {
            findings.Add(Finding.Error("CLI-004", name, ("time", StoreTime.Write(time)), ("hours", (long)maxAge.TotalHours)));
        }

        var bytes = File.ReadAllBytes(last.File);
        if (!Path.GetFileNameWithoutExtension(last.File).EndsWith(Digest.Of(bytes).ToString()[..16], StringComparison.Ordinal) || CountBad(bytes) is not { } bad)
        {
            findings.Add(Finding.Error("CLI-006", name));
        }
        else if (bad > 0)
        {
            findings.Add(Finding.Error("CLI-005", name, ("count", bad)));
        }

        return time;
    }

    private static DateTimeOffset? TimeOf(string name) =>
        name.Length > 16 && DateTimeOffset.TryParseExact(name[..16], TimeForm, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;

    private static long? CountBad(byte[] lines)
    {
        var bad = 0L;
        foreach (var line in Encoding.UTF8.GetString(lines).Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!CanonicalJson.TryRead(Encoding.UTF8.GetBytes(line), out var map) || map.Text("state") is not { } state)
            {
                return null;
            }

            bad += state is "changed" or "missing" or "unreadable" ? 1 : 0;
        }

        return bad;
    }
}
