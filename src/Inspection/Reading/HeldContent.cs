using System.Buffers;
using Lantai.Containers;
using Lantai.InformationPackages;
using Lantai.Words;

namespace Lantai.Inspection.Reading;

/// <summary>One content of a package, taken out of its container once and then read from memory, where there is room for it.</summary>
/// <param name="file">The file as its container gives it.</param>
/// <param name="room">How much may be held of the package.</param>
/// <remarks>Safe for concurrent use until it is disposed.</remarks>
internal sealed class HeldContent(PackageFile file, HeldRoom room) : IDisposable
{
    private readonly Lock _gate = new();
    private byte[]? _bytes;
    private Finding? _failure;
    private Digest? _digest;
    private bool _isTried;
    private bool _isGone;

    /// <summary>Opens the content, to be read forwards.</summary>
    /// <exception cref="ContentException">By this call or by reading: the content is gone or is not as declared. The same is said of it each time.</exception>
    /// <exception cref="ObjectDisposedException">The package was closed.</exception>
    internal Stream Open() => Memory() is { } memory
        ? new MemoryStream(_bytes!, 0, memory.Length, writable: false)
        : file.OpenRead();

    /// <summary>The whole content; null where there is no room for it.</summary>
    /// <exception cref="ContentException">The content is gone or is not as declared.</exception>
    /// <exception cref="ObjectDisposedException">The package was closed.</exception>
    internal ReadOnlyMemory<byte>? Memory()
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isGone, this);
            if (!_isTried)
            {
                _isTried = true;
                Take();
            }

            return _failure is { } failure ? throw new ContentException(failure) : _bytes?.AsMemory(0, (int)file.Length);
        }
    }

    /// <summary>Its SHA-256, computed once; null where there is no room for the content.</summary>
    /// <exception cref="ContentException">The content is gone or is not as declared.</exception>
    /// <exception cref="ObjectDisposedException">The package was closed.</exception>
    internal Digest? Digest()
    {
        if (Memory() is not { } memory)
        {
            return null;
        }

        lock (_gate)
        {
            return _digest ??= Words.Digest.Of(memory.Span);
        }
    }

    /// <summary>Gives the memory back, emptied: it may have held what nobody may keep.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _isGone = true;
            if (_bytes is { } bytes)
            {
                ArrayPool<byte>.Shared.Return(bytes, clearArray: true);
            }

            _bytes = null;
        }
    }

    private void Take()
    {
        if (!room.TryTake(file.Length))
        {
            return;
        }

        var bytes = ArrayPool<byte>.Shared.Rent((int)file.Length + 1);
        try
        {
            using var content = file.OpenRead();
            var length = content.ReadAtLeast(bytes.AsSpan(0, (int)file.Length + 1), (int)file.Length + 1, throwOnEndOfStream: false);
            _bytes = length == file.Length ? bytes : throw new ContentException(Finding.Error("SIP-010", file.Path));
        }
        catch (ContentException bad)
        {
            _failure = bad.Finding;
        }
        finally
        {
            if (_bytes is null)
            {
                ArrayPool<byte>.Shared.Return(bytes, clearArray: true);
            }
        }
    }
}

/// <summary>How many bytes of one package may still be held in memory.</summary>
/// <param name="most">At the beginning.</param>
/// <remarks>Safe for concurrent use.</remarks>
internal sealed class HeldRoom(long most)
{
    private long _left = most;

    /// <summary>Takes room for a content; false when there is none.</summary>
    internal bool TryTake(long length)
    {
        for (var left = Volatile.Read(ref _left); length <= left;)
        {
            var seen = Interlocked.CompareExchange(ref _left, left - length, left);
            if (seen == left)
            {
                return true;
            }

            left = seen;
        }

        return false;
    }
}
