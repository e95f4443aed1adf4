using UglyToad.PdfPig.Core;
using UglyToad.PdfPig.Tokens;

namespace Lantai.Characterization.Pdf;

/// <summary>Goes through what lies directly in one object: its dictionaries, and the other objects that it names.</summary>
/// <remarks>Without recursion: direct objects lie one in another at most as deep as the library reads them.</remarks>
internal static class PdfInside
{
    /// <summary>Tells of each dictionary and of each reference in an object, once for every place where it stands.</summary>
    /// <param name="token">The object; null for none.</param>
    /// <param name="reference">Told of an object that it names.</param>
    /// <param name="dictionary">Told of a dictionary, that of a stream too.</param>
    public static void Walk(IToken? token, Action<IndirectReference> reference, Action<DictionaryToken> dictionary)
    {
        var inside = new Stack<IToken>([token ?? NullToken.Instance]);
        while (inside.TryPop(out var one))
        {
            switch (one)
            {
                case StreamToken outer:
                    inside.Push(outer.StreamDictionary);
                    break;
                case IndirectReferenceToken other:
                    reference(other.Data);
                    break;
                case ArrayToken array:
                    Push(inside, array.Data);
                    break;
                case DictionaryToken found:
                    dictionary(found);
                    Push(inside, found.Data.Values);
                    break;
            }
        }
    }

    private static void Push(Stack<IToken> inside, IEnumerable<IToken> tokens)
    {
        foreach (var token in tokens)
        {
            if (token is DictionaryToken or ArrayToken or IndirectReferenceToken or StreamToken)
            {
                inside.Push(token);
            }
        }
    }
}
