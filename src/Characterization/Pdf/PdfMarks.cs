using System.Globalization;
using Lantai.Characterization.Examination;
using Lantai.Words;
using UglyToad.PdfPig.Core;

namespace Lantai.Characterization.Pdf;

/// <summary>What was found in one PDF so far; findings of one kind are told at the first place only.</summary>
internal sealed class PdfMarks(ExaminationNotes notes)
{
    private readonly HashSet<string> _told = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _colours = new(StringComparer.Ordinal);
    private bool _isTooMuch;
    private bool _hasUnknownFilter;

    /// <summary>How an object is called: as the file itself does, so that it can be found with any tool.</summary>
    public static string PlaceOf(IndirectReference reference) => string.Create(CultureInfo.InvariantCulture, $"{reference.ObjectNumber} {reference.Generation} obj");

    /// <summary>A part cannot be read.</summary>
    public void Broken(string part, string fault)
    {
        if (_told.Add(fault))
        {
            notes.Broken(part, fault);
        }
    }

    /// <summary>Something departs from the standard, but was read (FMT-120).</summary>
    public void Odd(string part, string fault)
    {
        if (_told.Add(fault))
        {
            notes.Tell(Finding.Warning("FMT-120", notes.Subject, ("part", part), ("fault", fault)));
        }
    }

    /// <summary>There is a signature.</summary>
    public void Signed(PdfSignature signature) => notes.Signed(signature);

    /// <summary>Something is encrypted.</summary>
    public void Encrypted(string kind, string place) => notes.Encrypted(kind, place);

    /// <summary>Something acts or reaches outside.</summary>
    public void Active(string kind, string place) => notes.Active(kind, place);

    /// <summary>Sets a technical property.</summary>
    public void Set(string name, long value) => notes.Set(name, value);

    /// <summary>Sets a technical property.</summary>
    public void Set(string name, string? value) => notes.Set(name, value);

    /// <summary>Sets a technical property.</summary>
    public void Set(string name, bool value) => notes.Set(name, value);

    /// <summary>Sets a technical property that has several values.</summary>
    public void Set(string name, IEnumerable<string> values) => notes.Set(name, values);

    /// <summary>A colour space was seen.</summary>
    public void Colour(string? name)
    {
        if (name is not null && _colours.Count < 64)
        {
            _ = _colours.Add(name);
        }
    }

    /// <summary>Not everything was read, for there is more than is read here.</summary>
    public void TooMuch() => _isTooMuch = true;

    /// <summary>A stream is packed by a filter that is not known here: it was not read.</summary>
    public void UnknownFilter() => _hasUnknownFilter = true;

    /// <summary>Reads operators and notes what was found.</summary>
    public void Judge(PdfContent content, ReadOnlySpan<byte> bytes, string place, PdfBudget budget)
    {
        content.Read(bytes, budget);
        foreach (var oddity in content.Oddities)
        {
            Odd(place, oddity);
        }

        foreach (var colour in content.Colours)
        {
            Colour(colour);
        }

        if (content.IsBroken)
        {
            Broken(place, "pdf-content");
        }
    }

    /// <summary>Everything was looked at: says what it comes to.</summary>
    /// <param name="hasStumbled">Whether the library failed over a part.</param>
    public void Close(bool hasStumbled)
    {
        notes.Set("colour-spaces", _colours);
        if (_isTooMuch)
        {
            notes.NotCheckable("too-much");
        }
        else if (_hasUnknownFilter)
        {
            notes.NotCheckable("unknown-filter");
        }
        else if (hasStumbled)
        {
            notes.NotCheckable("reader-failed");
        }
        else
        {
            notes.Readable();
        }
    }
}
