using UglyToad.PdfPig;
using UglyToad.PdfPig.Core;
using UglyToad.PdfPig.Filters;
using UglyToad.PdfPig.Tokens;

namespace Lantai.Characterization.Pdf;

/// <summary>A stream unpacked as far as it is here: up to a codec for images.</summary>
/// <param name="Bytes">What came out.</param>
/// <param name="IsDamaged">Whether that is not all.</param>
/// <param name="Codec">The codec for images that it still is in; null when it is in none.</param>
internal readonly record struct UnpackedPart(ReadOnlyMemory<byte> Bytes, bool IsDamaged, string? Codec);

/// <summary>The objects of an opened PDF. A bad object is null and never an exception.</summary>
/// <remarks>Not safe for concurrent use.</remarks>
internal sealed class PdfObjects(Structure structure, PdfFilters filters, PdfBudget budget)
{
    private const int MostReferences = 16;
    private const int MostFilters = 16;

    private static readonly string[] FilterKeys = ["Filter", "DecodeParms", "DP"];

    private readonly HashSet<IndirectReference> _bad = [];
    private readonly HashSet<IndirectReference> _stumbled = [];
    private DictionaryToken? _catalog;

    /// <summary>The catalogue of the document: as it stands in the file, for the library mends its own and leaves it encrypted.</summary>
    public DictionaryToken Catalog => _catalog ??= Find(Root) as DictionaryToken ?? structure.Catalog.CatalogDictionary;

    /// <summary>The dictionary about the document; null when there is none.</summary>
    public DictionaryToken? About => Dictionary(structure.Trailer.Info);

    /// <summary>Every object that the cross-references list.</summary>
    public IEnumerable<IndirectReference> Listed => structure.CrossReferenceTable.ObjectOffsets.Keys;

    /// <summary>Where the walk through everything that is used begins.</summary>
    public IndirectReference Root => structure.Trailer.Root;

    /// <summary>Whether check values of streams were wrong so far.</summary>
    public bool IsCheckWrong => filters.IsCheckWrong;

    /// <summary>Whether the library stumbled over an object, which says nothing about the file.</summary>
    public bool HasStumbled => _stumbled.Count > 0;

    /// <summary>What a library throws over bad content: anything but a demand to stop, or want of memory.</summary>
    /// <remarks>PdfPig documents no set: over hostile files it throws its own exceptions, those of the runtime and those of streams. The bytes lie in memory or behind <see cref="PdfSource"/>, which tells a failing source apart.</remarks>
    public static bool IsAboutContent(Exception fault) => fault is not (OperationCanceledException or OutOfMemoryException or PdfOverspentException or SourceFailedException);

    /// <summary>The object behind a reference; null when there is none that can be read.</summary>
    public IToken? Find(IndirectReference reference)
    {
        budget.GoOn();
        try
        {
            return structure.TokenScanner.Get(reference)?.Data;
        }
        catch (PdfDocumentFormatException)
        {
            _ = _bad.Add(reference);
            return null;
        }
        catch (Exception fault) when (IsAboutContent(fault))
        {
            _ = _stumbled.Add(reference);
            return null;
        }
    }

    /// <summary>Whether the library says that this object is bad.</summary>
    public bool IsBad(IndirectReference reference) => _bad.Contains(reference);

    /// <summary>Whether the library stumbled over this object.</summary>
    public bool IsStumbled(IToken? token) => token is IndirectReferenceToken reference && _stumbled.Contains(reference.Data);

    /// <summary>What a token stands for: itself, or the object that it refers to.</summary>
    public IToken? Resolve(IToken? token)
    {
        for (var i = 0; token is IndirectReferenceToken reference; i++)
        {
            token = i < MostReferences ? Find(reference.Data) : null;
        }

        return token is NullToken ? null : token;
    }

    /// <summary>The value of a key, resolved.</summary>
    public IToken? Get(DictionaryToken? dictionary, string key) => dictionary is not null && dictionary.Data.TryGetValue(key, out var value) ? Resolve(value) : null;

    /// <summary>A token as a dictionary, or the dictionary of a stream; null when it is neither.</summary>
    public DictionaryToken? Dictionary(IToken? token) => Resolve(token) switch
    {
        DictionaryToken dictionary => dictionary,
        StreamToken stream => stream.StreamDictionary,
        _ => null,
    };

    /// <summary>The name under a key; null when there is none.</summary>
    public string? Name(DictionaryToken? dictionary, string key) => (Get(dictionary, key) as NameToken)?.Data;

    /// <summary>The text under a key; null when there is none.</summary>
    public string? Text(DictionaryToken? dictionary, string key) => Get(dictionary, key) switch
    {
        StringToken text => text.Data,
        HexToken text => text.Data,
        _ => null,
    };

    /// <summary>The number under a key; null when there is none.</summary>
    public double? Number(DictionaryToken? dictionary, string key) => (Get(dictionary, key) as NumericToken)?.Data;

    /// <summary>Unpacks a stream; null when one of its filters is unknown here, which says nothing about the file.</summary>
    public UnpackedPart? Unpack(StreamToken stream)
    {
        budget.GoOn();
        filters.IsDamaged = false;
        var bytes = stream.Data;
        try
        {
            var dictionary = WithFilters(stream.StreamDictionary);
            var chain = filters.GetFilters(dictionary);
            for (var i = 0; i < Math.Min(chain.Count, MostFilters); i++)
            {
                if (!chain[i].IsSupported)
                {
                    return new UnpackedPart(bytes, filters.IsDamaged, FilterName(stream.StreamDictionary, i));
                }

                bytes = chain[i].Decode(bytes, dictionary, filters, i);
            }

            return new UnpackedPart(bytes, filters.IsDamaged, null);
        }
        catch (NotSupportedException)
        {
            return null;
        }
        catch (Exception fault) when (IsAboutContent(fault))
        {
            return new UnpackedPart(bytes, true, null);
        }
    }

    // The filters in plain sight, for the library follows references in a circle until the stack ends.
    private DictionaryToken WithFilters(DictionaryToken dictionary)
    {
        foreach (var key in FilterKeys)
        {
            if (dictionary.Data.TryGetValue(key, out var value))
            {
                var plain = Resolve(value) is ArrayToken several ? new ArrayToken([.. several.Data.Take(MostFilters).Select(t => Resolve(t) ?? NullToken.Instance)]) : Resolve(value) ?? NullToken.Instance;
                dictionary = ReferenceEquals(plain, value) ? dictionary : dictionary.With(key, plain);
            }
        }

        return dictionary;
    }

    private string FilterName(DictionaryToken dictionary, int index)
    {
        var given = Get(dictionary, "Filter") ?? Get(dictionary, "F");
        return (given is ArrayToken several ? Resolve(several.Data.ElementAtOrDefault(index)) : given) is NameToken name ? name.Data : "?";
    }
}
