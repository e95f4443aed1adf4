using System.Net.Sockets;
using System.Text;
using Lantai.StoreFormat;

namespace Lantai.Cli.Owner;

/// <summary>
/// The address of a store's owner: the socket <c>run/owner.sock</c> below the root. The system allows 107 bytes for such a
/// path; a longer one is reached through a link of a private temporary folder, which goes away with this object.
/// </summary>
internal sealed class OwnerAddress : IDisposable
{
    private const int Longest = 100;

    private readonly string? _folder;

    public OwnerAddress(string root)
    {
        File = Path.Combine(root, StoreLayout.Run, "owner.sock");
        if (Encoding.UTF8.GetByteCount(File) <= Longest)
        {
            EndPoint = new UnixDomainSocketEndPoint(File);
            return;
        }

        _folder = Directory.CreateTempSubdirectory("lantai-").FullName;
        var link = Path.Combine(_folder, "run");
        _ = Directory.CreateSymbolicLink(link, Path.Combine(root, StoreLayout.Run));
        EndPoint = new UnixDomainSocketEndPoint(Path.Combine(link, "owner.sock"));
    }

    /// <summary>The socket's place in the store.</summary>
    public string File { get; }

    public UnixDomainSocketEndPoint EndPoint { get; }

    public void Dispose()
    {
        if (_folder is not null)
        {
            Directory.Delete(Path.Combine(_folder, "run"));
            Directory.Delete(_folder);
        }
    }
}
