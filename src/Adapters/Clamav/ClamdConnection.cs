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
    private readonly CancellationTokenRegistration _stopped;

    private ClamdConnection(Socket socket, CancellationTokenRegistration stopped) => (_socket, _stopped) = (socket, stopped);

    /// <summary>Connects. From then on <paramref name="stop"/> closes the connection, whatever waits on it.</summary>
    /// <exception cref="SocketException">Nobody listens there, or it was stopped.</exception>
    internal static ClamdConnection Open(ClamdAddress address, CancellationToken stop)
    {
        var socket = address.EndPoint is UnixDomainSocketEndPoint
            ? new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified)
            : new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        var stopped = stop.Register(static s => ((Socket)s!).Dispose(), socket); // a call that blocks ends with it
        try
        {
            socket.Connect(address.EndPoint);
            return new ClamdConnection(socket, stopped);
        }
        catch
        {
            stopped.Dispose();
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Asks something that has no content.</summary>
    /// <returns>The answer; null when it is no answer.</returns>
    internal string? Ask(string command)
    {
        Send(Encoding.ASCII.GetBytes($"z{command}\0"));
        return Answer();
    }

    /// <summary>Has a content scanned, piece by piece. An engine that answers before the end has seen enough.</summary>
    /// <param name="content">The content, read to its end.</param>
    /// <returns>The answer, null when it is no answer; and whether the whole content was sent before it came.</returns>
    internal (string? Said, bool IsWhole) Scan(Stream content)
    {
        var piece = ArrayPool<byte>.Shared.Rent(sizeof(int) + ChunkSize);
        try
        {
            Send("zINSTREAM\0"u8);
            while (_socket.Available == 0)
            {
                var got = content.ReadAtLeast(piece.AsSpan(sizeof(int), ChunkSize), ChunkSize, throwOnEndOfStream: false);
                BinaryPrimitives.WriteInt32BigEndian(piece, got);
                if (!TrySend(piece.AsSpan(0, sizeof(int) + got)))
                {
                    break; // it may have said why before it hung up
                }

                if (got == 0)
                {
                    return (Answer(), true); // a piece of no bytes ends the content
                }
            }

            _ = TrySend(new byte[sizeof(int)]);
            return (Answer(), false);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(piece, clearArray: true);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stopped.Dispose();
        _socket.Dispose();
    }

    private bool TrySend(ReadOnlySpan<byte> bytes)
    {
        try
        {
            Send(bytes);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private void Send(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            bytes = bytes[_socket.Send(bytes)..];
        }
    }

    /// <summary>Up to the first NUL; null for an end before it, or for what is too long to be an answer.</summary>
    private string? Answer()
    {
        var answer = new byte[MostAnswer];
        for (var length = 0; length < MostAnswer;)
        {
            var got = _socket.Receive(answer.AsSpan(length));
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
