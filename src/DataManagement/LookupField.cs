using System.Globalization;

namespace Lantai.DataManagement;

/// <summary>A text member by which documents of a collection are found.</summary>
/// <remarks>Immutable. A projection that changes its lookup fields raises its version.</remarks>
public sealed record LookupField
{
    private const int Kept = 200;
    private const int IdDigits = 16;

    /// <summary>Names a member of a collection.</summary>
    /// <exception cref="ArgumentException">A name has not the form of <see cref="CollectionName"/>.</exception>
    public LookupField(string collection, string field)
    {
        CollectionName.Check(collection);
        CollectionName.CheckMember(field);
        Collection = collection;
        Field = field;
    }

    /// <summary>The collection.</summary>
    public string Collection { get; }

    /// <summary>The member.</summary>
    public string Field { get; }

    /// <summary>
    /// The key of a document in this lookup: the text's first 200 UTF-16 units, a zero, the id in hex. Ordinal order of
    /// these keys is the order of results in every store, and no text is too long for an index.
    /// </summary>
    public static string Key(string text, long id) => Exactly(text) + id.ToString("x16", CultureInfo.InvariantCulture);

    /// <summary>What the keys of all documents with this text begin with (and possibly those of some others).</summary>
    public static string Exactly(string text) => Prefix(text) + "\0";

    /// <summary>What the keys of all documents whose text begins with this one begin with.</summary>
    public static string Prefix(string text)
    {
        var length = Math.Min(text.Length, Kept);
        return length > 0 && char.IsHighSurrogate(text[length - 1]) ? text[..(length - 1)] : text[..length];
    }

    /// <summary>The id at the end of a key.</summary>
    public static long IdOf(string key) =>
        long.Parse(key.AsSpan(key.Length - IdDigits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}
