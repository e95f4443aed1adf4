using Lantai.ArchivalStorage;
using Lantai.Cli.Arguments;
using Lantai.Cli.Output;
using Lantai.DataManagement;

namespace Lantai.Cli;

/// <summary>The door where exceptions become one sentence and an exit code.</summary>
internal static class Troubles
{
    public static async Task<int> GuardAsync(Report report, Func<Task<int>> work)
    {
        try
        {
            return await work();
        }
        catch (WrongUseException wrong)
        {
            report.Trouble("usage", wrong.Key, [.. wrong.Arguments]);
            report.Remark("usage.help");
            return 2;
        }
        catch (OperationCanceledException)
        {
            report.Trouble("stopped", "trouble.stopped");
            return 2;
        }
        catch (StorageException problem)
        {
            return Tell(report, problem);
        }
        catch (DocumentStoreException problem)
        {
            report.Trouble("catalogue", "trouble.catalogue", ("path", problem.Path), ("cause", problem.Message));
            return 2;
        }
        catch (UnauthorizedAccessException problem)
        {
            report.Trouble("access", "trouble.access", ("cause", problem.Message));
            return 2;
        }
        catch (EndOfStreamException)
        {
            report.Trouble("owner", "trouble.owner");
            return 2;
        }
        catch (IOException problem)
        {
            report.Trouble("storage", "trouble.io", ("cause", problem.Message));
            return 2;
        }
        catch (Exception problem) when (problem is not OutOfMemoryException)
        {
            report.Trouble("program", "trouble.program", ("cause", problem.ToString()));
            return 2;
        }
    }

    /// <summary>Says what failed. Damage is a finding, exit code 1; a world that failed is trouble, exit code 2.</summary>
    public static int Tell(Report report, StorageException problem)
    {
        if (problem.Problem == StorageProblem.Damaged && problem.Finding is { } damage)
        {
            report.Tell(damage);
            return 1;
        }

        if (problem.Finding is { } finding)
        {
            report.Trouble(KindOf(problem.Problem), finding);
            return 2;
        }

        var cause = problem.InnerException is StorageException first ? first : problem;
        report.Trouble(
            KindOf(cause.Problem), "trouble." + KindOf(cause.Problem), ("path", cause.Path), ("cause", cause.InnerException?.Message ?? cause.Message));
        return 2;
    }

    private static string KindOf(StorageProblem problem) => problem switch
    {
        StorageProblem.NotFound => "notFound",
        StorageProblem.Exists => "exists",
        StorageProblem.DiskFull => "diskFull",
        StorageProblem.ReadFailed => "read",
        StorageProblem.WriteFailed => "write",
        StorageProblem.SyncFailed => "sync",
        StorageProblem.Locked => "locked",
        StorageProblem.NotAStore => "notAStore",
        StorageProblem.KeyMissing => "keyMissing",
        _ => "stoppedWriter",
    };
}
