using Lantai.Words;

namespace Lantai.Containers;

/// <summary>What a walk through a container and those inside it saw.</summary>
/// <param name="Files">Files at all depths, nested containers included.</param>
/// <param name="Bytes">Their unpacked bytes.</param>
/// <param name="Depth">The deepest container that was opened; 1 is the outermost.</param>
public sealed record ContainerWalkResult(long Files, long Bytes, int Depth);

/// <summary>
/// Looks through a container and every container inside it, down to the depth of the limits, and keeps nothing. Entries,
/// bytes and time count for all depths together, so that one that holds itself, or many that hold many, come to an end.
/// </summary>
/// <remarks>One walk is for one container and one thread. A nested container is held in memory, at most 64 MiB of it.</remarks>
public sealed class ContainerWalk(ContainerLimits limits, List<Finding> findings)
{
    private const int LargestNested = 64 << 20;

    private readonly BoundedFindings _findings = new(findings, "CON-011", "");
    private readonly ContainerClock _clock = new(limits);
    private long _files;
    private long _bytes;
    private int _deepest;
    private bool _isStopped;

    /// <summary>Walks; what is wrong, and where a limit stopped it, is added to the findings.</summary>
    /// <param name="seekable">The outermost container; disposed.</param>
    /// <param name="displayName">How findings call it.</param>
    public ContainerWalkResult Walk(Stream seekable, string displayName)
    {
        try
        {
            Look(seekable, displayName, 1);
        }
        catch (ContentException bad)
        {
            _findings.Add(bad.Finding);
        }

        _findings.Close();
        return new ContainerWalkResult(_files, _bytes, _deepest);
    }

    private void Look(Stream stream, string name, int depth)
    {
        using var owned = stream;
        var kind = ContainerDetection.Find(stream, name, limits);
        var refusal = depth > limits.MaxDepth && kind != ContainerKind.None
            ? Finding.Error("CON-008", name, ("limit", limits.MaxDepth))
            : ContainerDetection.Refuse(kind, name);
        if (refusal is not null)
        {
            _findings.Add(refusal);
        }

        if (refusal is not null || kind == ContainerKind.None)
        {
            return;
        }

        _deepest = Math.Max(_deepest, depth);
        if (kind == ContainerKind.Zip)
        {
            LookIntoZip(stream, name, depth);
            return;
        }

        using var pass = ContainerPass.Open(stream, kind, name, Rest(), findings);
        while (!_isStopped && pass.MoveNext())
        {
            if (!pass.IsFolder)
            {
                Take(pass.OpenContent(), name + "/" + EntryName.OfBytes(pass.Name).Display, depth);
            }
        }
    }

    private void LookIntoZip(Stream stream, string name, int depth)
    {
        using var zip = ZipContainer.TryOpen(stream, name, Rest(), findings);
        foreach (var entry in zip?.Entries ?? [])
        {
            if (_isStopped)
            {
                return;
            }

            if (!entry.IsFolder)
            {
                Take(zip!.Open(entry), name + "/" + entry.Name.Display, depth);
            }
        }
    }

    /// <summary>Reads one file to its end; when it is a container, holds it and looks into it.</summary>
    private void Take(Stream content, string name, int depth)
    {
        using var owned = content;
        _files++;
        var start = new byte[TarHeader.BlockSize];
        var length = content.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        var isContainer = ContainerDetection.FindSingle(start.AsSpan(0, length)) != ContainerKind.None;
        using var held = new MemoryStream();
        held.Write(start, 0, length);
        _bytes += length;
        var buffer = new byte[1 << 16];
        for (var got = content.Read(buffer); got > 0 && !IsBeyond(name); got = content.Read(buffer))
        {
            _bytes += got;
            if (isContainer && held.Length + got > LargestNested)
            {
                _findings.Add(Finding.Warning("CON-016", name, ("limit", LargestNested)));
                isContainer = false;
            }

            if (isContainer)
            {
                held.Write(buffer, 0, got);
            }
        }

        if (isContainer && !IsBeyond(name))
        {
            held.Position = 0;
            Look(held, name, depth + 1);
        }
    }

    private ContainerLimits Rest() => limits with
    {
        MaxEntries = (int)Math.Max(0, limits.MaxEntries - _files), MaxTotalBytes = Math.Max(0, limits.MaxTotalBytes - _bytes),
    };

    private bool IsBeyond(string name)
    {
        var reached = _files > limits.MaxEntries ? Finding.Error("CON-003", name, ("limit", limits.MaxEntries))
            : _bytes > limits.MaxTotalBytes ? Finding.Error("CON-005", name, ("limit", limits.MaxTotalBytes))
            : _clock.FindOverrun(name);
        if (reached is not null && !_isStopped)
        {
            _isStopped = true;
            _findings.Add(reached);
        }

        return _isStopped;
    }
}
