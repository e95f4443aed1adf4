using System.Buffers;
using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;

namespace Lantai.Adapters.Clamav;

/// <summary>One connection to a clamd, for one command. Source: clamd(8), commands with the prefix z, which end with NUL as their answers do.</summary>
/// <remarks>Not safe for concurrent use.</remarks>
internal sealed class ClamdConnection : IDisposable
{
    private const int ChunkSize = 1 << 16;
    private const int MostAnswer = 4096;

    private readonly Socket _socket;

    private ClamdConnection(Socket socket) => _socket = socket;

    /// <summary>Connects.</summary>
    /// <exception cref="SocketException">Nobody listens there.</exception>
    internal static async Task<ClamdConnection> OpenAsync(ClamdAddress address, CancellationToken stop)
    {
        var socket = address.EndPoint is UnixDomainSocketEndPoint
            ? new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified)
            : new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(address.EndPoint, stop).ConfigureAwait(false);
            return new ClamdConnection(socket);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Asks something that has no content.</summary>
    /// <returns>The answer; null when it is no answer.</returns>
    internal async Task<string?> AskAsync(string command, CancellationToken stop)
    {
        await SendAsync(Encoding.ASCII.GetBytes($"z{command}\0"), stop).ConfigureAwait(false);
        return await AnswerAsync(stop).ConfigureAwait(false);
    }

    /// <summary>Has a content scanned, piece by piece. An engine that answers before the end has seen enough.</summary>
    /// <param name="content">The content, read to its end.</param>
    /// <param name="stop">Stops the work.</param>
    /// <returns>The answer; null when it is no answer.</returns>
    internal async Task<string?> ScanAsync(Stream content, CancellationToken stop)
    {
        var piece = ArrayPool<byte>.Shared.Rent(sizeof(int) + ChunkSize);
        try
        {
            await SendAsync("zINSTREAM\0"u8.ToArray(), stop).ConfigureAwait(false);
            for (int got; _socket.Available == 0 && (got = content.ReadAtLeast(piece.AsSpan(sizeof(int), ChunkSize), ChunkSize, throwOnEndOfStream: false)) > 0;)
            {
                BinaryPrimitives.WriteInt32BigEndian(piece, got);
                if (!await TrySendAsync(piece.AsMemory(0, sizeof(int) + got), stop).ConfigureAwait(false))
                {
                    return await AnswerAsync(stop).ConfigureAwait(false); // it may have said why before it hung up
                }
            }

            _ = await TrySendAsync(new byte[sizeof(int)], stop).ConfigureAwait(false);
            return await AnswerAsync(stop).ConfigureAwait(false);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(piece, clearArray: true);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _socket.Dispose();

    private async Task<bool> TrySendAsync(ReadOnlyMemory<byte> bytes, CancellationToken stop)
    {
        try
        {
            await SendAsync(bytes, stop).ConfigureAwait(false);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private async Task SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken stop)
    {
        while (!bytes.IsEmpty)
        {
            bytes = bytes[await _socket.SendAsync(bytes, SocketFlags.None, stop).ConfigureAwait(false)..];
        }
    }

    /// <summary>Up to the first NUL; null for an end before it, or for what is too long to be an answer.</summary>
    private async Task<string?> AnswerAsync(CancellationToken stop)
    {
        var answer = new byte[MostAnswer];
        for (var length = 0; length < MostAnswer;)
        {
            var got = await _socket.ReceiveAsync(answer.AsMemory(length), SocketFlags.None, stop).ConfigureAwait(false);
            var end = answer.AsSpan(length, got).IndexOf((byte)0);
            if (end >= 0)
            {
                return Encoding.UTF8.GetString(answer, 0, length + end);
            }

            if (got == 0)
            {
                throw new EndOfStreamException();
            }

            length += got;
        }

        return null;
    }
}
