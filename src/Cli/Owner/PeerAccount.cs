using System.Buffers.Binary;
using System.Globalization;
using System.Net.Sockets;

namespace Lantai.Cli.Owner;

/// <summary>Who is at the other end of a local socket, as the kernel says.</summary>
internal static class PeerAccount
{
    private const int SocketLevel = 1; // SOL_SOCKET
    private const int PeerCredentials = 17; // SO_PEERCRED: pid, uid, gid

    /// <summary>The user id of the peer when it connected.</summary>
    public static uint Of(Socket socket)
    {
        Span<byte> credentials = stackalloc byte[12];
        _ = socket.GetRawSocketOption(SocketLevel, PeerCredentials, credentials);
        return BinaryPrimitives.ReadUInt32LittleEndian(credentials[4..]);
    }

    /// <summary>The effective user id of this process.</summary>
    public static uint Own()
    {
        var line = File.ReadLines("/proc/self/status").First(l => l.StartsWith("Uid:", StringComparison.Ordinal));
        return uint.Parse(line.Split('\t', StringSplitOptions.RemoveEmptyEntries)[2], NumberStyles.None, CultureInfo.InvariantCulture);
    }
}
