using Lantai.Containers;

namespace Lantai.Cli.Arguments;

/// <summary>Reads limits as people write them: <c>entries=10000,bytes=2GiB,ratio=200,time=10m</c>.</summary>
internal static class LimitList
{
    private const string Known = "entries, bytes, ratio, time, depth, levels, name, window";

    /// <summary>The usual limits with those changed that the text names; each at most once, in any order.</summary>
    /// <exception cref="WrongUseException">The text is no such list.</exception>
    public static ContainerLimits Read(string? text, string option)
    {
        var limits = ContainerLimits.Default;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var part in (text ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var cut = part.IndexOf('=', StringComparison.Ordinal);
            var (name, value) = cut < 0 ? (part, "") : (part[..cut].TrimEnd(), part[(cut + 1)..].TrimStart());
            if (!seen.Add(name))
            {
                throw new WrongUseException("usage.limit.twice", ("option", option), ("name", name));
            }

            limits = Set(limits, name, value, option);
        }

        return limits;
    }

    private static ContainerLimits Set(ContainerLimits limits, string name, string value, string option) => name switch
    {
        "entries" => limits with { MaxEntries = (int)Quantities.Whole(value, option, 1, int.MaxValue) },
        "bytes" => limits with { MaxTotalBytes = Quantities.Bytes(value, option) },
        "ratio" => limits with { MaxRatio = (int)Quantities.Whole(value, option, 1, int.MaxValue) },
        "time" => limits with { MaxTime = Quantities.Span(value, option) },
        "depth" => limits with { MaxDepth = (int)Quantities.Whole(value, option, 0, 100) },
        "levels" => limits with { MaxLevels = (int)Quantities.Whole(value, option, 1, 1000) },
        "name" => limits with { MaxNameBytes = (int)Quantities.Whole(value, option, 1, ContainerLimits.Default.MaxNameBytes) },
        "window" => limits with { MaxWindowBytes = Quantities.Bytes(value, option) },
        _ => throw new WrongUseException("usage.choice", ("option", option), ("text", name), ("choices", Known)),
    };
}
