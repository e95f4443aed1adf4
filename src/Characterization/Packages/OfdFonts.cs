namespace Lantai.Characterization.Packages;

/// <summary>Sorts the fonts of an OFD into those whose file lies in the package and those that the reader's system must have.</summary>
internal sealed class OfdFonts
{
    private const int Most = 64;

    private readonly SortedSet<string> _embedded = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _named = new(StringComparer.Ordinal);
    private string _current = "";

    /// <summary>Names of fonts with a file.</summary>
    public IEnumerable<string> Embedded => _embedded;

    /// <summary>Names of fonts without one.</summary>
    public IEnumerable<string> NotEmbedded => _named.Except(_embedded);

    /// <summary>A font begins.</summary>
    public void Begin(string name)
    {
        _current = name;
        if (name.Length > 0 && _named.Count < Most)
        {
            _ = _named.Add(name);
        }
    }

    /// <summary>The font has a file.</summary>
    public void Embed()
    {
        if (_current.Length > 0 && _embedded.Count < Most)
        {
            _ = _embedded.Add(_current);
        }
    }
}
