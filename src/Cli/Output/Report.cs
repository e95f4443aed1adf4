using System.Text.Json.Nodes;
using Lantai.Words;

namespace Lantai.Cli.Output;

/// <summary>
/// What a command says: lines for people as they come, or one JSON document at the end. Findings, trouble and the exit
/// code go through here, so both forms say the same.
/// </summary>
/// <remarks>Safe for concurrent use.</remarks>
internal sealed class Report
{
    private readonly Lock _gate = new();
    private readonly TextWriter _out;
    private readonly TextWriter _err;
    private readonly JsonAnswer? _answer;
    private readonly JsonArray _findings = [];
    private readonly List<IDisposable> _atEnd = [];
    private readonly string _command;
    private bool _hasErrors;
    private int? _finished;
    private JsonObject? _problem;

    public Report(string command, Speech speech, TextWriter output, TextWriter error, bool json, ProgressForm progress, Screen screen, TimeProvider time)
    {
        (_command, Speech, _out, _err) = (command, speech, output, TextWriter.Synchronized(error)); // progress writes beside us
        _answer = json ? new JsonAnswer() : null;
        Progress = new ProgressLine(_err, screen, speech, time, progress);
        IsTerminal = screen.IsTerminal;
    }

    public Speech Speech { get; }

    public ProgressLine Progress { get; }

    public bool IsTerminal { get; }

    public bool IsJson => _answer is not null;

    /// <summary>Whether a finding of an error was reported.</summary>
    public bool HasErrors => _hasErrors;

    /// <summary>Says a sentence to people.</summary>
    public void Say(string key, params (string Name, object? Value)[] arguments) =>
        Write(Speech.Say(key, Safe(arguments)));

    /// <summary>Writes a text of ours to people as it is.</summary>
    public void Write(string text)
    {
        if (_answer is null)
        {
            lock (_gate)
            {
                Progress.Clear();
                _out.WriteLine(text);
                _out.Flush();
            }
        }
    }

    /// <summary>Columns that line up, Chinese or not; the last one is not padded.</summary>
    public void Rows(IReadOnlyList<string[]> rows)
    {
        if (rows.Count == 0 || IsJson)
        {
            return;
        }

        var safe = rows.Select(r => r.Select(Amounts.Harmless).ToArray()).ToList();
        var widths = Enumerable.Range(0, safe[0].Length).Select(c => safe.Max(r => Amounts.Width(r[c]))).ToArray();
        foreach (var row in safe)
        {
            Write(string.Join("  ", row.Select((cell, c) => c == row.Length - 1 ? cell : Amounts.Pad(cell, widths[c]))).TrimEnd());
        }
    }

    /// <summary>Says a sentence beside the answer, on standard error, to people only.</summary>
    public void Remark(string key, params (string Name, object? Value)[] arguments)
    {
        if (_answer is null)
        {
            Beside(Speech.Say(key, Safe(arguments)));
        }
    }

    /// <summary>Sets a member of the JSON answer.</summary>
    public void Set(string name, JsonNode? value)
    {
        lock (_gate)
        {
            _answer?.Set(name, value);
        }
    }

    /// <summary>Keeps something alive until the answer is written.</summary>
    public void DisposeAtEnd(IDisposable thing)
    {
        lock (_gate)
        {
            _atEnd.Add(thing);
        }
    }

    /// <summary>A list of the JSON answer that is walked only when it is written.</summary>
    public void SetLong(string name, IEnumerable<JsonNode> items) => _answer?.SetLong(name, items);

    public void Tell(IEnumerable<Finding> findings)
    {
        foreach (var finding in findings)
        {
            Tell(finding);
        }
    }

    public void Tell(Finding finding)
    {
        lock (_gate)
        {
            _hasErrors |= finding.Severity == Severity.Error;
            if (IsJson)
            {
                _findings.Add(JsonAnswer.Of(finding, Speech));
            }
        }

        Write($"  {SeverityOf(finding)} {finding.Code}  {Speech.Say(Safe(finding))}");
    }

    /// <summary>Says why the command could not do or check what it was asked: once, and nothing else.</summary>
    public void Trouble(string kind, string key, params (string Name, object? Value)[] arguments) =>
        Trouble(kind, Speech.Say(key, Safe(arguments)));

    /// <summary>Says why the command could not do or check what it was asked, by a finding.</summary>
    public void Trouble(string kind, Finding finding) => Trouble(kind, $"{finding.Code}  {Speech.Say(Safe(finding))}");

    private void Trouble(string kind, string text)
    {
        lock (_gate)
        {
            if (_problem is not null)
            {
                return;
            }

            _problem = new JsonObject { ["kind"] = kind, ["text"] = text };
        }

        if (!IsJson)
        {
            Beside("lantai: " + text);
        }
    }

    /// <summary>Ends the answer, once. Gives the exit code, which a failure while writing a long list may have raised.</summary>
    public int Finish(int exit)
    {
        lock (_gate)
        {
            if (_finished is { } said)
            {
                return said;
            }

            Progress.End();
            _answer?.Write(
                _out,
                _command,
                rest =>
                {
                    rest.Set("findings", _findings);
                    if (_problem is not null)
                    {
                        exit = 2;
                        rest.Set("problem", _problem);
                    }

                    rest.Set("exit", exit);
                },
                failure => _problem = new JsonObject { ["kind"] = "storage", ["text"] = Speech.Say("trouble.read", ("cause", failure.Message)) });
            _out.Flush();
            _err.Flush();
            _atEnd.ForEach(t => t.Dispose());
            _finished = exit;
            return exit;
        }
    }

    private void Beside(string text)
    {
        lock (_gate)
        {
            Progress.Clear();
            _err.WriteLine(text);
            _err.Flush();
        }
    }

    private string SeverityOf(Finding finding) => Speech.Say(finding.Severity switch
    {
        Severity.Error => "severity.error",
        Severity.Warning => "severity.warning",
        _ => "severity.information",
    });

    private static Finding Safe(Finding finding) => finding with
    {
        Subject = Amounts.Harmless(finding.Subject),
        Arguments = [.. finding.Arguments.Select(a => KeyValuePair.Create(a.Key, Amounts.Harmless(a.Value)))],
    };

    private static (string, object?)[] Safe((string Name, object? Value)[] arguments) =>
        [.. arguments.Select(a => (a.Name, a.Value is string text ? Amounts.Harmless(text) : a.Value))];
}
