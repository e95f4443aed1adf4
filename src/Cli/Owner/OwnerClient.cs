using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;

namespace Lantai.Cli.Owner;

/// <summary>The sender's end: hands a command to the owner of its store and prints what comes back.</summary>
internal static class OwnerClient
{
    /// <summary>
    /// Sends a command. Null when nobody took it, so that it may be tried again; else its exit code. An owner that dies
    /// in the middle is an <see cref="IOException"/>: what it did is not known.
    /// </summary>
    public static async Task<int?> SendAsync(string root, OwnerRequest request, TextWriter output, TextWriter error, CancellationToken stop)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            using var address = new OwnerAddress(root);
            await socket.ConnectAsync(address.EndPoint, stop);
        }
        catch (SocketException)
        {
            return null;
        }

        using var connection = new NetworkStream(socket, ownsSocket: false);
        if (PeerAccount.Of(socket) != PeerAccount.Own())
        {
            throw new UnauthorizedAccessException(Path.Combine(root, StoreFormat.StoreLayout.Run, "owner.sock"));
        }

        try
        {
            await Frames.WriteAsync(connection, Channel.Request, request.ToBytes(), stop);
            if (await Frames.ReadAsync(connection, stop) is not (Channel.Accepted, _))
            {
                return null;
            }
        }
        catch (IOException)
        {
            return null;
        }

        // Closing our half asks the owner to stop; what it says to that is still read.
        await using var asked = stop.Register(() => HalfClose(socket));
        return await PrintAsync(connection, output, error);
    }

    private static async Task<int> PrintAsync(NetworkStream connection, TextWriter output, TextWriter error)
    {
        // A character may be cut in two between frames.
        var (outText, errText) = (Encoding.UTF8.GetDecoder(), Encoding.UTF8.GetDecoder());
        while (await Frames.ReadAsync(connection, CancellationToken.None) is var (channel, bytes))
        {
            switch (channel)
            {
                case Channel.Output:
                    Print(output, outText, bytes);
                    break;
                case Channel.Error:
                    Print(error, errText, bytes);
                    break;
                case Channel.Exit when bytes.Length == 4:
                    return BinaryPrimitives.ReadInt32LittleEndian(bytes);
                default:
                    break;
            }
        }

        throw new EndOfStreamException();
    }

    private static void Print(TextWriter target, Decoder decoder, byte[] bytes)
    {
        var letters = new char[decoder.GetCharCount(bytes, 0, bytes.Length, flush: false)];
        target.Write(letters, 0, decoder.GetChars(bytes, 0, bytes.Length, letters, 0, flush: false));
        target.Flush();
    }

    private static void HalfClose(Socket socket)
    {
        try
        {
            socket.Shutdown(SocketShutdown.Send);
        }
        catch (SocketException)
        {
            // The owner has gone already.
        }
    }
}
