using UglyToad.PdfPig.Filters;
using UglyToad.PdfPig.Tokens;

namespace Lantai.Characterization.Pdf;

/// <summary>
/// The filters that PdfPig unpacks streams with, each behind a bound: it measures what comes out before the library makes
/// room for it. The library itself has no such bound, and unpacks cross-references and object streams on opening.
/// </summary>
internal sealed class PdfFilters(PdfBudget budget) : IFilterProvider
{
    /// <summary>Whether a stream was damaged since this was last set to false.</summary>
    public bool IsDamaged { get; set; }

    /// <summary>Whether only the check value of a stream was wrong, its content whole, since this was last set to false.</summary>
    public bool IsCheckWrong { get; set; }

    public IReadOnlyList<IFilter> GetFilters(DictionaryToken dictionary) => Guard(DefaultFilterProvider.Instance.GetFilters(dictionary));

    public IReadOnlyList<IFilter> GetNamedFilters(IReadOnlyList<NameToken> names) => Guard(DefaultFilterProvider.Instance.GetNamedFilters(names));

    public IReadOnlyList<IFilter> GetAllFilters() => Guard(DefaultFilterProvider.Instance.GetAllFilters());

    private List<IFilter> Guard(IReadOnlyList<IFilter> filters)
    {
        budget.GoOn();
        return [.. filters.Select(f => f switch
        {
            FlateFilter => new Flate(this, budget, f),
            LzwFilter => new Measured(budget, f, LzwLength.Of),
            RunLengthFilter => new Measured(budget, f, RunLength),
            DctDecodeFilter or JpxDecodeFilter or Jbig2DecodeFilter or CcittFaxDecodeFilter => ImageCodec.Only,
            _ => (IFilter)new Measured(budget, f, static (bytes, _) => bytes.Length),
        })];
    }

    private static long RunLength(ReadOnlySpan<byte> bytes, long most)
    {
        var length = 0L;
        for (var at = 0; at < bytes.Length && bytes[at] != 128 && length <= most;)
        {
            length += bytes[at] < 128 ? bytes[at] + 1 : 257 - bytes[at];
            at += bytes[at] < 128 ? bytes[at] + 2 : 2;
        }

        return length;
    }

    private sealed class Measured(PdfBudget budget, IFilter inner, Func<ReadOnlySpan<byte>, long, long> length) : IFilter
    {
        public bool IsSupported => inner.IsSupported;

        public Memory<byte> Decode(Memory<byte> input, DictionaryToken streamDictionary, IFilterProvider filterProvider, int filterIndex)
        {
            budget.Spend(length(input.Span, PdfInflation.MostOfOne));
            var output = inner.Decode(input, streamDictionary, filterProvider, filterIndex);
            budget.CountNodes(output.Span);
            PdfGuard.CheckObjects(streamDictionary, output.Span);
            PdfGuard.HideDestinations(output.Span);
            return output;
        }
    }

    private sealed class Flate(PdfFilters owner, PdfBudget budget, IFilter inner) : IFilter
    {
        public bool IsSupported => true;

        public Memory<byte> Decode(Memory<byte> input, DictionaryToken streamDictionary, IFilterProvider filterProvider, int filterIndex)
        {
            var whole = PdfInflation.Inflate(input, budget);
            owner.IsDamaged |= whole.IsDamaged;
            owner.IsCheckWrong |= whole.IsCheckWrong;
            var output = HasPredictor(streamDictionary, filterIndex) ? inner.Decode(input, streamDictionary, filterProvider, filterIndex) : whole.Bytes;
            budget.CountNodes(output.Span);
            PdfGuard.CheckObjects(streamDictionary, output.Span);
            PdfGuard.HideDestinations(output.Span);
            return output;
        }

        // A predictor that is not given in plain sight is the library's matter, like one that is.
        private static bool HasPredictor(DictionaryToken dictionary, int index)
        {
            var given = dictionary.Data.GetValueOrDefault("DecodeParms") ?? dictionary.Data.GetValueOrDefault("DP");
            var one = given is ArrayToken several ? several.Data.ElementAtOrDefault(index) : given;
            return one is DictionaryToken parameters ? !(parameters.Data.GetValueOrDefault("Predictor") is null or NumericToken { Data: 1 }) : one is IndirectReferenceToken;
        }
    }

    private sealed class ImageCodec : IFilter
    {
        public static readonly ImageCodec Only = new();

        public bool IsSupported => false;

        public Memory<byte> Decode(Memory<byte> input, DictionaryToken streamDictionary, IFilterProvider filterProvider, int filterIndex) => throw new NotSupportedException();
    }
}

/// <summary>How long bytes packed by LZW (ISO 32000-1, 7.4.4) will be.</summary>
internal static class LzwLength
{
    private const int Clear = 256;
    private const int Ending = 257;
    private const int MostCodes = 4096;

    /// <summary>The length, or a little more; counting ends above a bound.</summary>
    public static long Of(ReadOnlySpan<byte> bytes, long most)
    {
        Span<int> lengths = stackalloc int[MostCodes + 1];
        lengths[..Clear].Fill(1);
        var (total, next, width, previous, bits, buffer) = (0L, Ending + 1, 9, -1, 0, 0);
        foreach (var one in bytes)
        {
            (buffer, bits) = (((buffer << 8) | one) & 0xFFFFFF, bits + 8);
            if (bits < width)
            {
                continue;
            }

            bits -= width;
            var code = (buffer >> bits) & ((1 << width) - 1);
            if (code == Ending || total > most)
            {
                break;
            }

            if (code == Clear)
            {
                (next, width, previous) = (Ending + 1, 9, -1);
                continue;
            }

            var grown = previous < 0 ? 1 : lengths[previous] + 1;
            total += code < next ? lengths[code] : grown;
            if (previous >= 0 && next < MostCodes)
            {
                lengths[next++] = grown;
            }

            previous = Math.Min(code, MostCodes - 1);
            width = next >= 2047 ? 12 : next >= 1023 ? 11 : next >= 511 ? 10 : 9;
        }

        return total;
    }
}
