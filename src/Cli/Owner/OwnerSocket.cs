using System.Buffers.Binary;
using System.Net.Sockets;

namespace Lantai.Cli.Owner;

/// <summary>
/// The owner's end: takes commands of other processes of the same user and runs them on the open repository, several at
/// once, until the owner's own command and all of them are done.
/// </summary>
internal sealed class OwnerSocket : IAsyncDisposable
{
    private readonly Func<OwnerRequest, Stream, SemaphoreSlim, CancellationToken, Task<int>> _run;
    private readonly Socket _listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly CancellationTokenSource _stop;
    private readonly Lock _gate = new();
    private readonly HashSet<Task> _running = [];
    private readonly string _file;
    private readonly Task _accepting;
    private bool _isClosed;

    private OwnerSocket(OwnerAddress address, Func<OwnerRequest, Stream, SemaphoreSlim, CancellationToken, Task<int>> run, CancellationToken stop)
    {
        (_run, _file, _stop) = (run, address.File, CancellationTokenSource.CreateLinkedTokenSource(stop));
        File.Delete(_file); // whoever holds the lock is the owner: a socket that is there was left by one that is no more
        _listener.Bind(address.EndPoint);
        File.SetUnixFileMode(_file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        _listener.Listen(64);
        _accepting = AcceptAsync();
    }

    /// <summary>Starts to listen. Null when the file system cannot hold a socket: the store then serves one process at a time.</summary>
    /// <param name="root">The store's root, whose lock this process holds.</param>
    /// <param name="run">Runs a command, its output going into frames of the stream; gives its exit code.</param>
    /// <param name="stop">Ends all commands.</param>
    public static OwnerSocket? Open(string root, Func<OwnerRequest, Stream, SemaphoreSlim, CancellationToken, Task<int>> run, CancellationToken stop)
    {
        try
        {
            _ = Directory.CreateDirectory(Path.Combine(root, StoreFormat.StoreLayout.Run));
            using var address = new OwnerAddress(root);
            return new OwnerSocket(address, run, stop);
        }
        catch (Exception problem) when (problem is SocketException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Waits for the commands of others, then takes no more.</summary>
    public async ValueTask DisposeAsync()
    {
        while (true)
        {
            Task[] running;
            lock (_gate)
            {
                running = [.. _running];
                _isClosed = running.Length == 0;
            }

            if (_isClosed)
            {
                break;
            }

            await Task.WhenAll(running);
        }

        File.Delete(_file);
        _listener.Dispose();
        await _accepting;
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            try
            {
                var socket = await _listener.AcceptAsync(CancellationToken.None);
                Begin(socket);
            }
            catch (Exception closed) when (closed is ObjectDisposedException or SocketException)
            {
                return;
            }
        }
    }

    private void Begin(Socket socket)
    {
        lock (_gate)
        {
            if (_isClosed)
            {
                socket.Dispose(); // the sender sees that nobody took it and becomes the owner itself
                return;
            }

            var serving = ServeAsync(socket);
            _ = _running.Add(serving);
            _ = serving.ContinueWith(Forget, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }
    }

    private void Forget(Task done)
    {
        lock (_gate)
        {
            _ = _running.Remove(done);
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        await Task.Yield();
        socket.SendTimeout = 60_000; // a sender that stopped reading must not hold the owner for ever
        using var connection = new NetworkStream(socket, ownsSocket: true);
        try
        {
            if (PeerAccount.Of(socket) != PeerAccount.Own())
            {
                return; // another user: not a word
            }

            using var patience = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
            patience.CancelAfter(TimeSpan.FromSeconds(10));
            if (await Frames.ReadAsync(connection, patience.Token) is not (Channel.Request, var bytes) || OwnerRequest.Read(bytes) is not { } request)
            {
                return;
            }

            await Frames.WriteAsync(connection, Channel.Accepted, default, _stop.Token);
            var code = await RunAsync(request, connection);
            var exit = new byte[4];
            BinaryPrimitives.WriteInt32LittleEndian(exit, code);
            await Frames.WriteAsync(connection, Channel.Exit, exit, CancellationToken.None);
        }
        catch (Exception gone) when (gone is IOException or SocketException or OperationCanceledException)
        {
            // The sender has gone, or the owner was stopped before it took the command: nobody is left to be told.
        }
    }

    /// <summary>Runs a command; it is stopped when the sender closes its end.</summary>
    private async Task<int> RunAsync(OwnerRequest request, NetworkStream connection)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        using var turn = new SemaphoreSlim(1, 1);
        var watching = WatchAsync(connection, stop);
        try
        {
            return await _run(request, connection, turn, stop.Token);
        }
        finally
        {
            await stop.CancelAsync();
            await watching;
        }
    }

    private static async Task WatchAsync(NetworkStream connection, CancellationTokenSource stop)
    {
        try
        {
            var nothing = new byte[1];
            _ = await connection.ReadAsync(nothing, stop.Token);
            await stop.CancelAsync();
        }
        catch (Exception ended) when (ended is OperationCanceledException or IOException)
        {
            if (!stop.IsCancellationRequested)
            {
                await stop.CancelAsync();
            }
        }
    }
}
