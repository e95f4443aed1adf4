namespace Lantai.Characterization.Examination;

/// <summary>
/// A walk through a file cannot go on. It never leaves the room: the examiner that began the walk notes it. A file has
/// hundreds of places where it may end too early, and a value handed up from each would hide the format.
/// </summary>
internal sealed class WalkStoppedException : Exception
{
    private readonly string? _part;
    private readonly string _reason;

    private WalkStoppedException(string? part, string reason)
        : base(reason) => (_part, _reason) = (part, reason);

    /// <summary>The file is broken there: a text key without its prefix <c>fault.</c>.</summary>
    public static WalkStoppedException Broken(string part, string fault) => new(part, fault);

    /// <summary>The file is broken there: a text key without its prefix <c>fault.</c>.</summary>
    public static WalkStoppedException Broken(string part, long offset, string fault) => new(Place(part, offset), fault);

    /// <summary>The file cannot be checked: a text key without its prefix <c>unchecked.</c>.</summary>
    public static WalkStoppedException NotCheckable(string why) => new(null, why);

    /// <summary>How a place in a file is written: the part and the offset of its first byte.</summary>
    public static string Place(string part, long offset) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{part}@{offset}");

    /// <summary>Notes why the walk stopped.</summary>
    public void NoteIn(ExaminationNotes notes)
    {
        if (_part is null)
        {
            notes.NotCheckable(_reason);
        }
        else
        {
            notes.Broken(_part, _reason);
        }
    }
}
