using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Lantai.Adapters.Clamav;
using Lantai.Inspection;

namespace Lantai.Tests.Adapters;

/// <summary>An engine that hangs, floods, cuts off or talks nonsense: nothing is called clean that it did not call clean, and nothing waits for ever.</summary>
public sealed class HostileClamdTests
{
    private static readonly ClamavLimits Short = new() { Greeting = TimeSpan.FromSeconds(2), File = TimeSpan.FromSeconds(1), Package = TimeSpan.FromSeconds(3) };

    [Theory]
    [InlineData("stream: OK\0", null)]
    [InlineData("stream: OK", "connection")]
    [InlineData("", "connection")]
    [InlineData("stream: \0", "not-understood")]
    [InlineData("stream:  FOUND\0", "not-understood")]
    [InlineData("OK\0", "not-understood")]
    [InlineData("stream: OK FOUND OK\0", "not-understood")]
    [InlineData("INSTREAM size limit exceeded. ERROR\0", "too-long")]
    public void Only_the_exact_word_is_clean(string answer, string? unscanned)
    {
        using var server = new Server(async (stream, stop) => await stream.WriteAsync(Encoding.ASCII.GetBytes(answer), stop), isPatient: true);

        var said = server.Scan(1);

        Assert.Empty(said.Infected);
        Assert.Equal(unscanned, said.NotScanned.Select(f => f.Value).FirstOrDefault());
    }

    [Fact]
    public void Who_calls_clean_what_was_not_sent_yet_is_not_understood()
    {
        // Nothing is read before the answer is out, so that the sender cannot have sent all.
        using var server = new Server(async (stream, stop) =>
        {
            await stream.WriteAsync("stream: OK\0"u8.ToArray(), stop);
            await Task.Delay(200, stop);
        }, isLazy: true);

        Assert.Contains(Assert.Single(server.Scan(1, length: 16 << 20).NotScanned).Value, new[] { "not-understood", "too-slow" });
    }

    [Fact]
    public void An_engine_that_knows_nothing_is_not_believed()
    {
        using var server = new Server(async (stream, stop) => await stream.WriteAsync("stream: OK\0"u8.ToArray(), stop), isPatient: true, knows: false);

        Assert.Equal(["no-proof", "no-proof", "no-proof"], server.Scan(3).NotScanned.Select(f => f.Value));
    }

    [Fact]
    public void An_engine_that_hangs_is_left_after_its_time_and_the_package_after_its_own()
    {
        using var server = new Server(async (_, stop) => await Task.Delay(Timeout.Infinite, stop));
        var watch = Stopwatch.StartNew();

        var said = server.Scan(20);

        Assert.Equal(20, said.NotScanned.Count(f => f.Value == "too-slow"));
        Assert.InRange(watch.Elapsed, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(30));
    }

    [Fact]
    public void An_engine_that_answers_drop_by_drop_is_left_after_its_time()
    {
        using var server = new Server(async (stream, stop) =>
        {
            while (true)
            {
                await stream.WriteAsync("x"u8.ToArray(), stop);
                await Task.Delay(100, stop);
            }
        });

        Assert.Equal("too-slow", Assert.Single(server.Scan(1).NotScanned).Value);
    }

    [Fact]
    public void A_flood_is_no_answer()
    {
        using var server = new Server(async (stream, stop) =>
        {
            var flood = new byte[1 << 16];
            Array.Fill(flood, (byte)'A');
            while (true)
            {
                await stream.WriteAsync(flood, stop);
            }
        });

        Assert.Equal("not-understood", Assert.Single(server.Scan(1).NotScanned).Value);
    }

    [Fact]
    public void Who_hangs_up_three_times_is_not_called_again()
    {
        using var server = new Server((stream, _) =>
        {
            stream.Close();
            return Task.CompletedTask;
        });

        Assert.Equal(10, server.Scan(10).NotScanned.Count(f => f.Value == "connection"));
        Assert.Equal(3, server.Calls);
    }

    [Fact]
    public void A_name_of_what_was_found_is_cut_and_holds_no_control_characters()
    {
        using var server = new Server(async (stream, stop) => await stream.WriteAsync(Encoding.UTF8.GetBytes($"stream: 病毒\u001B[2J{new string('x', 1000)} FOUND\0"), stop));

        var name = Assert.Single(server.Scan(1).Infected).Value;

        Assert.StartsWith("病毒 [2J", name, StringComparison.Ordinal);
        Assert.Equal(200, name.Length);
    }

    [Fact]
    public void A_greeting_that_is_none_of_a_clamd_means_that_there_is_no_engine()
    {
        using var server = new Server((_, _) => Task.CompletedTask, "HTTP/1.1 400 Bad Request\0");

        var said = server.Scan(1);

        Assert.Null(said.Engine);
        Assert.Equal("INS-390", said.Trouble?.Code);
    }

    [Fact]
    public void Who_stops_the_work_stops_it_at_once()
    {
        using var server = new Server(async (_, stop) => await Task.Delay(Timeout.Infinite, stop));
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));

        _ = Assert.ThrowsAny<OperationCanceledException>(() => server.Scan(1, stop.Token));
    }

    /// <summary>Greets as a clamd does, finds the test file where it knows it, and then does its worst.</summary>
    private sealed class Server : IDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private readonly CancellationTokenSource _stop = new();
        private readonly bool _isPatient;
        private readonly bool _knows;
        private readonly bool _isLazy;
        private int _calls;

        internal Server(Func<NetworkStream, CancellationToken, Task> worst, string greeting = "ClamAV 1.4.3/27831/Fri Nov 20 08:12:45 2026\0", bool isPatient = false, bool knows = true, bool isLazy = false)
        {
            (_isPatient, _knows, _isLazy) = (isPatient, knows, isLazy);
            _listener.Start();
            _ = Task.Run(async () =>
            {
                while (!_stop.IsCancellationRequested)
                {
                    var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                    _ = Task.Run(() => ServeAsync(client, worst, greeting), _stop.Token);
                }
            });
        }

        /// <summary>How often a content was brought.</summary>
        internal int Calls => _calls;

        public void Dispose()
        {
            _stop.Cancel();
            _listener.Dispose();
            _stop.Dispose();
        }

        internal AntivirusFacts Scan(int files, CancellationToken? stop = null, int length = 200_000) =>
            Clamd.At($"127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}", Short)
                .Scan([.. Enumerable.Range(0, files).Select(i => Clamd.OfBytes($"材料/{i}", new byte[length]))], stop ?? TestContext.Current.CancellationToken);

        private async Task ServeAsync(TcpClient client, Func<NetworkStream, CancellationToken, Task> worst, string greeting)
        {
            using (client)
            {
                var stream = client.GetStream();
                var command = new byte[10];
                await stream.ReadExactlyAsync(command.AsMemory(0, 9), _stop.Token);
                if (!command.AsSpan(0, 8).SequenceEqual("zVERSION"u8))
                {
                    await stream.ReadExactlyAsync(command.AsMemory(9, 1), _stop.Token);
                    if (await IsProbeAsync(stream) && _knows)
                    {
                        await stream.WriteAsync("stream: Eicar-Test-Signature FOUND\0"u8.ToArray(), _stop.Token);
                        return;
                    }
                }

                if (command.AsSpan(0, 8).SequenceEqual("zVERSION"u8))
                {
                    await stream.WriteAsync(Encoding.ASCII.GetBytes(greeting), _stop.Token);
                    return;
                }

                _ = Interlocked.Increment(ref _calls);
                _ = _isLazy ? Task.CompletedTask : DrainAsync(stream);
                await worst(stream, _stop.Token);
                await (_isLazy ? DrainAsync(stream) : Task.CompletedTask);
            }
        }

        // Reads the first piece of a content, and the others too for a probe or where it is patient.
        private async Task<bool> IsProbeAsync(NetworkStream stream)
        {
            var isProbe = false;
            var length = new byte[4];
            for (var pieces = 0; pieces == 0 || isProbe || _isPatient; pieces++)
            {
                await stream.ReadExactlyAsync(length, _stop.Token);
                var piece = new byte[System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(length)];
                await stream.ReadExactlyAsync(piece, _stop.Token);
                isProbe |= piece.AsSpan().IndexOf(Clamd.Eicar) >= 0;
                if (piece.Length == 0)
                {
                    break;
                }
            }

            return isProbe;
        }

        private async Task DrainAsync(NetworkStream stream)
        {
            var drain = new byte[1 << 16];
            try
            {
                while (await stream.ReadAsync(drain, _stop.Token) > 0)
                {
                }
            }
            catch (Exception gone) when (gone is IOException or OperationCanceledException or ObjectDisposedException)
            {
                // the connection ended
            }
        }
    }
}
