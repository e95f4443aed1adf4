using System.Text.Json.Nodes;
using Spectre.Console;

namespace Lantai.Cli.Output;

/// <summary>Where a command's lines end up.</summary>
/// <param name="IsTerminal">Whether a person looks at standard error as it is written.</param>
/// <param name="Width">Columns.</param>
internal sealed record Screen(bool IsTerminal, int Width);

/// <summary>Who reads the progress of a long work.</summary>
internal enum ProgressForm
{
    /// <summary>A person: a line of text.</summary>
    Text,

    /// <summary>A program: one JSON object on a line in each second, and a last one that says <c>done</c>.</summary>
    JsonLines,
}

/// <summary>
/// How far a long work is: files, bytes, rate and time left. One line that is drawn again on a terminal; elsewhere plain
/// lines, at most one in five seconds; for a program a JSON line at once, in each second, and at the end.
/// </summary>
/// <remarks>Safe for concurrent use.</remarks>
internal sealed class ProgressLine
{
    private static readonly TimeSpan Redraw = TimeSpan.FromMilliseconds(120);
    private static readonly TimeSpan JsonEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan PlainEvery = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private readonly TextWriter _err;
    private readonly Screen _screen;
    private readonly Speech _speech;
    private readonly TimeProvider _time;
    private readonly IAnsiConsole _console;
    private readonly ProgressForm _form;
    private ITimer? _ticks;
    private State _state;
    private long _started;
    private long _last;
    private bool _isShown;

    public ProgressLine(TextWriter err, Screen screen, Speech speech, TimeProvider time, ProgressForm form)
    {
        (_err, _screen, _speech, _time, _form) = (err, screen, speech, time, form);
        _console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = screen.IsTerminal ? AnsiSupport.Yes : AnsiSupport.No,
            Interactive = InteractionSupport.No,
            Out = new FixedOutput(err, screen),
        });
        _started = _last = time.GetTimestamp();
    }

    /// <summary>Begins to count anew.</summary>
    public void Start()
    {
        lock (_gate)
        {
            _started = _last = _time.GetTimestamp();
        }
    }

    /// <summary>Whether the next report would be drawn; asking is cheap and may be a moment late.</summary>
    public bool IsDue => _time.GetElapsedTime(Volatile.Read(ref _last)) >= (_screen.IsTerminal ? Redraw : PlainEvery);

    /// <summary>Takes the present state; draws it if it is time.</summary>
    /// <param name="files">Files or other things done.</param>
    /// <param name="bytes">Bytes done.</param>
    /// <param name="totalFiles">How many there are, if known.</param>
    /// <param name="totalBytes">How many bytes there are, if known.</param>
    /// <param name="share">The share of the work that is done, from 0 to 1; null takes that of the bytes.</param>
    /// <param name="current">What is being worked on.</param>
    public void Report(long files, long bytes, long? totalFiles, long? totalBytes, double? share, string current)
    {
        lock (_gate)
        {
            var now = _time.GetTimestamp();
            if (_form == ProgressForm.JsonLines)
            {
                _state = new State(files, bytes, totalFiles, totalBytes);
                if (_ticks is null)
                {
                    _ticks = _time.CreateTimer(_ => Tick(), null, JsonEvery, JsonEvery);
                    WriteJson(isDone: false); // the first moment is known exactly
                }

                return;
            }

            if (_time.GetElapsedTime(_last, now) < (_screen.IsTerminal ? Redraw : PlainEvery))
            {
                return;
            }

            _last = now;
            var line = Describe(files, bytes, totalFiles, totalBytes, share, _time.GetElapsedTime(_started, now), Amounts.Harmless(current));
            if (!_screen.IsTerminal)
            {
                _err.WriteLine(line);
                _err.Flush();
                return;
            }

            Erase();
            _console.Write(new Text(Cut(line, _screen.Width - 1), new Style(Color.Grey)));
            _err.Flush();
            _isShown = true;
        }
    }

    /// <summary>Takes the line away before something else is written.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            if (_isShown)
            {
                Erase();
                _err.Flush();
                _isShown = false;
            }
        }
    }

    /// <summary>The work has ended, well or not: takes the line away, or says the last state to a program.</summary>
    public void End()
    {
        lock (_gate)
        {
            if (_ticks is not null)
            {
                _ticks.Dispose();
                _ticks = null;
                WriteJson(isDone: true);
            }
        }

        Clear();
    }

    internal string Describe(long files, long bytes, long? totalFiles, long? totalBytes, double? share, TimeSpan elapsed, string current)
    {
        var rate = elapsed > TimeSpan.Zero ? bytes / elapsed.TotalSeconds : 0;
        var done = share ?? (totalBytes > 0 ? (double)bytes / totalBytes.Value : 0.0);
        var left = done is > 0.0 and < 1.0 ? Amounts.Span(TimeSpan.FromSeconds(Math.Min(elapsed.TotalSeconds * (1 - done) / done, 3_600_000))) : null;
        return _speech.Say(
            left is null ? "progress" : "progress.left",
            ("files", Amounts.Count(files) + (totalFiles is { } f ? "/" + Amounts.Count(f) : "")),
            ("bytes", Amounts.Bytes(bytes) + (totalBytes is { } b ? " / " + Amounts.Bytes(b) : "")),
            ("rate", Amounts.Bytes(rate)),
            ("left", left),
            ("current", current)).TrimEnd();
    }

    /// <summary>A second has gone by: says the state also when nothing moved, so that a program sees that the work lives.</summary>
    private void Tick()
    {
        lock (_gate)
        {
            try
            {
                if (_ticks is not null)
                {
                    WriteJson(isDone: false);
                }
            }
            catch (Exception problem) when (problem is IOException or ObjectDisposedException)
            {
                _ticks?.Dispose(); // whoever read it has gone; the work goes on
                _ticks = null;
            }
        }
    }

    private void WriteJson(bool isDone)
    {
        var line = new JsonObject
        {
            ["seconds"] = Math.Round(_time.GetElapsedTime(_started).TotalSeconds, 3), ["files"] = _state.Files, ["bytes"] = _state.Bytes,
            ["totalFiles"] = _state.TotalFiles, ["totalBytes"] = _state.TotalBytes, ["done"] = isDone,
        };
        _err.WriteLine(line.ToJsonString());
        _err.Flush();
    }

    private void Erase() => _console.Write(new ControlCode("\r\u001b[2K"));

    private static string Cut(string line, int width)
    {
        while (line.Length > 0 && Amounts.Width(line) > width)
        {
            line = line[..^(line.Length > 1 && char.IsLowSurrogate(line[^1]) ? 2 : 1)];
        }

        return line;
    }

    private readonly record struct State(long Files, long Bytes, long? TotalFiles, long? TotalBytes);

    private sealed class FixedOutput(TextWriter writer, Screen screen) : IAnsiConsoleOutput
    {
        public TextWriter Writer => writer;

        public bool IsTerminal => screen.IsTerminal;

        public int Width => screen.Width;

        public int Height => 25;

        public void SetEncoding(System.Text.Encoding encoding)
        {
            // the writer's encoding is fixed: UTF-8
        }
    }
}
