using System.Buffers.Binary;
using System.Text;

namespace Lantai.Cli.Owner;

/// <summary>What a frame between two processes carries.</summary>
internal enum Channel : byte
{
    /// <summary>The exit code, four bytes; the last frame.</summary>
    Exit = 0,

    /// <summary>Standard output.</summary>
    Output = 1,

    /// <summary>Standard error.</summary>
    Error = 2,

    /// <summary>The owner took the command: from here on it must not be sent again.</summary>
    Accepted = 3,

    /// <summary>The request, JSON; from the sender only.</summary>
    Request = 4,
}

/// <summary>Frames over a stream: channel (1 byte), length (u32, little-endian), bytes.</summary>
internal static class Frames
{
    private const int Head = 5;
    private const int Longest = 1 << 24;

    public static async Task WriteAsync(Stream stream, Channel channel, ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        var frame = new byte[Head + bytes.Length];
        frame[0] = (byte)channel;
        BinaryPrimitives.WriteInt32LittleEndian(frame.AsSpan(1), bytes.Length);
        bytes.CopyTo(frame.AsMemory(Head));
        await stream.WriteAsync(frame, cancellation);
    }

    /// <summary>The next frame; null when the other side has gone or does not keep to the form.</summary>
    public static async Task<(Channel Channel, byte[] Bytes)?> ReadAsync(Stream stream, CancellationToken cancellation)
    {
        var head = new byte[Head];
        if (await stream.ReadAtLeastAsync(head, Head, throwOnEndOfStream: false, cancellation) < Head)
        {
            return null;
        }

        var length = BinaryPrimitives.ReadUInt32LittleEndian(head.AsSpan(1));
        if (length > Longest || !Enum.IsDefined((Channel)head[0]))
        {
            return null;
        }

        var bytes = new byte[length];
        return await stream.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellation) < bytes.Length ? null : ((Channel)head[0], bytes);
    }
}

/// <summary>A text writer whose text goes out as frames. When the other side has gone, the text is dropped: the work goes on or was stopped already.</summary>
internal sealed class FrameWriter(Stream stream, Channel channel, SemaphoreSlim turn) : TextWriter
{
    private const int Most = 1 << 20;

    private readonly StringBuilder _pending = new();
    private bool _isGone;

    public override Encoding Encoding => Encoding.UTF8;

    public override void Write(char value) => _pending.Append(value);

    public override void Write(string? value) => _pending.Append(value);

    public override void Write(char[] buffer, int index, int count)
    {
        _pending.Append(buffer, index, count);
        if (_pending.Length > 1 << 16)
        {
            Flush();
        }
    }

    public override void Flush()
    {
        if (_pending.Length == 0)
        {
            return;
        }

        // A pair of surrogates is not cut: the first half waits for the second.
        var cut = char.IsHighSurrogate(_pending[^1]) ? _pending.Length - 1 : _pending.Length;
        var bytes = Encoding.UTF8.GetBytes(_pending.ToString(0, cut));
        _ = _pending.Remove(0, cut);
        turn.Wait(CancellationToken.None);
        try
        {
            for (var at = 0; at < bytes.Length && !_isGone; at += Most)
            {
                var part = bytes.AsSpan(at, Math.Min(Most, bytes.Length - at));
                var head = new byte[5];
                head[0] = (byte)channel;
                BinaryPrimitives.WriteInt32LittleEndian(head.AsSpan(1), part.Length);
                stream.Write([.. head, .. part]);
            }
        }
        catch (IOException)
        {
            _isGone = true;
        }
        finally
        {
            _ = turn.Release();
        }
    }

    public override Task FlushAsync()
    {
        Flush();
        return Task.CompletedTask;
    }
}
