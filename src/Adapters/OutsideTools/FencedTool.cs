using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Lantai.Characterization;
using Lantai.Characterization.Examination;
using Lantai.Words;

namespace Lantai.Adapters.OutsideTools;

/// <summary>An outside program behind the fence: it gets a copy of the bytes under a name of ours, and leaves nothing behind.</summary>
/// <remarks>Safe for concurrent use. Reports are remembered by program, version and digest.</remarks>
internal sealed partial class FencedTool : IOutsideReader
{
    private const int MostRemembered = 10_000;
    private const string FileName = "content";

    private readonly ToolManner _manner;
    private readonly string? _program;
    private readonly ToolFence _fence;
    private readonly ToolLimits _limits;
    private readonly Lazy<string> _called;

    // The version is asked once: a program that is exchanged while we run is met at the next start.
    private readonly ReportMemory _memory = new(MostRemembered);

    /// <summary>Makes a reader.</summary>
    /// <param name="manner">How it is called and understood.</param>
    /// <param name="program">Its absolute path; null when it is not on this machine.</param>
    /// <param name="fence">What it runs behind.</param>
    /// <param name="limits">What it may use.</param>
    public FencedTool(ToolManner manner, string? program, ToolFence fence, ToolLimits limits)
    {
        (_manner, _program, _fence, _limits) = (manner, program, fence, limits);
        _called = new Lazy<string>(AskVersion);
    }

    /// <inheritdoc/>
    public IReadOnlyCollection<FileFamily> Families => _manner.Families;

    /// <inheritdoc/>
    public OutsideReport Read(FileContent content, Digest? digest, CancellationToken cancellation)
    {
        if (_program is null || !File.Exists(_program))
        {
            return new OutsideReport(_manner.Name, OutsideVerdict.Absent, "", "", true, new Dictionary<string, object>());
        }

        if (content.Length > _limits.MaxContent)
        {
            return Report(ToolAnswer.Failed("too-long"), isFenced: true);
        }

        digest ??= content.Memory is { } bytes ? Digest.Of(bytes.Span) : null;
        if (digest is { } known && _memory.Find(known) is { } remembered)
        {
            return remembered;
        }

        try
        {
            return ReadCopy(_program, content, digest, cancellation);
        }
        catch (Exception problem) when (problem is UnauthorizedAccessException or CopyFailedException)
        {
            return Report(ToolAnswer.Failed("no-room"), isFenced: true); // no place for the copy: that says nothing about the file
        }
    }

    private OutsideReport ReadCopy(string program, FileContent content, Digest? digest, CancellationToken cancellation)
    {
        // On Unix nobody but us may enter it.
        var folder = MakeFolder();
        try
        {
            var file = Path.Combine(folder, FileName);
            var copied = Copy(content, file, cancellation);
            if (digest is null && _memory.Find(copied) is { } remembered)
            {
                return remembered;
            }

            var run = _fence.Run(program, [.. _manner.Arguments, file], folder, _limits, cancellation);
            var report = Report(run.Why is { } why ? ToolAnswer.Failed(why) : _manner.Judge(run), run.IsFenced);
            if (run.Ending != ToolEnding.NotStarted)
            {
                _memory.Keep(digest ?? copied, report);
            }

            return report;
        }
        finally
        {
            Remove(folder);
        }
    }

    private OutsideReport Report(ToolAnswer answer, bool isFenced) =>
        new(_called.Value, answer.Verdict, answer.Place, answer.Why, isFenced, answer.Technical ?? new Dictionary<string, object>());

    private static Digest Copy(FileContent content, string file, CancellationToken cancellation)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var source = content.OpenStream();
        using var target = Create(file);
        var buffer = new byte[128 << 10];
        for (int count; (count = source.Read(buffer)) > 0;)
        {
            cancellation.ThrowIfCancellationRequested();
            hash.AppendData(buffer, 0, count);
            Write(target, buffer.AsSpan(0, count));
        }

        return new Digest(hash.GetHashAndReset());
    }

    // Only what the disk for the copy does is turned into a failure of the program; what the source does passes through.
    private static string MakeFolder()
    {
        try
        {
            return Directory.CreateTempSubdirectory("lantai-tool-").FullName;
        }
        catch (IOException problem)
        {
            throw new CopyFailedException(problem);
        }
    }

    private static FileStream Create(string file)
    {
        try
        {
            return new FileStream(file, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1);
        }
        catch (IOException problem)
        {
            throw new CopyFailedException(problem);
        }
    }

    private static void Write(FileStream target, ReadOnlySpan<byte> bytes)
    {
        try
        {
            target.Write(bytes);
        }
        catch (IOException problem)
        {
            throw new CopyFailedException(problem);
        }
    }

    private static void Remove(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception left) when (left is IOException or UnauthorizedAccessException)
        {
            // A child that fled may still write into it. It lies in the folder for temporary files, which the system sweeps.
            GC.KeepAlive(left);
        }
    }

    private string AskVersion()
    {
        string folder;
        try
        {
            folder = MakeFolder();
        }
        catch (Exception problem) when (problem is UnauthorizedAccessException or CopyFailedException)
        {
            return _manner.Name; // it has a version, and nobody could ask
        }

        try
        {
            var run = _fence.Run(_program!, [_manner.VersionArgument], folder, _limits with { MaxTime = TimeSpan.FromSeconds(10) }, CancellationToken.None);
            var version = Version().Match(run.Output.Length > 0 ? run.Output : run.Errors);
            return version.Success ? $"{_manner.Name} {version.Value}" : _manner.Name;
        }
        finally
        {
            Remove(folder);
        }
    }

    [GeneratedRegex(@"\d+(\.\d+)+", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Version();
}

/// <summary>There was no place for the copy that an outside program reads.</summary>
internal sealed class CopyFailedException(Exception cause) : Exception(cause.Message, cause);
