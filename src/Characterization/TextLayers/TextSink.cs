using System.Globalization;
using Lantai.Characterization.Examination;
using Lantai.Words;

namespace Lantai.Characterization.TextLayers;

/// <summary>Where readers of text layers put what they read. It cuts what is too long, and stops them when no more is wanted.</summary>
/// <remarks>Safe for concurrent use: a reading that was abandoned may still speak, and after <see cref="Seal"/> nobody hears it.</remarks>
internal sealed class TextSink
{
    private const int MostPiece = 4096;
    private const int Overlap = 64;
    private const int MostReasons = 32;

    private static readonly HashSet<string> Known = new(StringComparer.Ordinal) { "encrypted", "packed-otherwise", "too-deep", "too-slow", "unknown-encoding", "no-reader" };

    private readonly Shared _shared;

    /// <summary>Begins with the file itself.</summary>
    /// <param name="take">Gets the pieces.</param>
    /// <param name="stop">Is cancelled when no more is wanted.</param>
    public TextSink(TextTaker take, CancellationTokenSource stop)
        : this(new Shared(take, stop), "", 0)
    {
    }

    private TextSink(Shared shared, string inside, int depth) => (_shared, Inside, Depth) = (shared, inside, depth);

    /// <summary>Numbers of the entries from the outside in.</summary>
    public string Inside { get; }

    /// <summary>How many files lie around this one.</summary>
    public int Depth { get; }

    /// <summary>Whether no more is wanted.</summary>
    public bool IsOver => _shared.IsOver;

    /// <summary>How many bytes were unpacked so far, in all files of the file.</summary>
    public long Unpacked { get => _shared.Unpacked; set => _shared.Unpacked = value; }

    /// <summary>Why something was not read, each reason once.</summary>
    public IReadOnlyList<string> NotRead
    {
        get
        {
            lock (_shared)
            {
                return [.. _shared.Reasons];
            }
        }
    }

    /// <summary>The sink for a file inside this one.</summary>
    public TextSink Enter(int entry) =>
        new(_shared, Inside.Length == 0 ? entry.ToString(CultureInfo.InvariantCulture) : string.Create(CultureInfo.InvariantCulture, $"{Inside}.{entry}"), Depth + 1);

    /// <summary>Takes a text; blank ones are nothing.</summary>
    public void Take(string text, TextRole role, string unit, int number, string field = "", bool isTop = false)
    {
        for (var at = 0; at < text.Length; at += MostPiece - Overlap)
        {
            var part = text.Length <= MostPiece ? text : text.Substring(at, Math.Min(MostPiece, text.Length - at));
            if (!string.IsNullOrWhiteSpace(part))
            {
                Give(new TextPiece(part, role, unit, number) { Field = field, Inside = Inside, IsTop = isTop });
            }

            if (at + MostPiece >= text.Length)
            {
                return;
            }
        }
    }

    /// <summary>Something was not read, and why.</summary>
    public void Unread(string why)
    {
        lock (_shared)
        {
            if (!_shared.IsSealed && _shared.Reasons.Count < MostReasons)
            {
                _ = _shared.Reasons.Add(why);
            }
        }
    }

    /// <summary>Says what notes say of a file that was not read to its end.</summary>
    public void Unread(ExaminationNotes notes)
    {
        if (notes.IsEncrypted)
        {
            Unread("encrypted");
        }
        else if (notes.Readability == Readability.Broken)
        {
            Unread("broken");
        }
        else if (notes.Readability == Readability.NotCheckable)
        {
            Unread(ReasonOf(notes.ToExamination().Findings));
        }
    }

    /// <summary>From now on nothing is taken.</summary>
    public void Seal()
    {
        lock (_shared)
        {
            _shared.IsSealed = true;
        }
    }

    private static string ReasonOf(IReadOnlyList<Finding> findings)
    {
        var why = findings.LastOrDefault(f => f.Code == "FMT-041")?.Arguments.FirstOrDefault(a => a.Key == "why").Value ?? "";
        return why == "reader-failed" || Known.Contains(why) ? why : "too-much";
    }

    private void Give(TextPiece piece)
    {
        lock (_shared)
        {
            if (_shared.IsSealed || _shared.IsOver)
            {
                return;
            }

            if (!_shared.Take(piece))
            {
                _shared.IsOver = true;
                _shared.Stop.Cancel();
            }
        }
    }

    private sealed class Shared(TextTaker take, CancellationTokenSource stop)
    {
        public TextTaker Take { get; } = take;

        public CancellationTokenSource Stop { get; } = stop;

        public SortedSet<string> Reasons { get; } = new(StringComparer.Ordinal);

        public bool IsOver { get; set; }

        public bool IsSealed { get; set; }

        public long Unpacked { get; set; }
    }
}
