namespace Lantai.Adapters.Clamav;

/// <summary>
/// How long the files are that an engine really looks into. One whose limits are narrower than its stream says "OK" of what it did
/// not scan, unless it is set to tell (AlertExceedsMax); so it is shown a content in which it must find something, as long as the
/// files that it will be asked about.
/// </summary>
/// <param name="show">Shows it such a content of a length: what it found, or why it did not scan.</param>
/// <remarks>
/// Safe for concurrent use. Asked once for each class of lengths (powers of two from 1 MiB), and for a length by itself where its
/// class is too long: at most <see cref="MostShown"/> answers are taken. It cannot show what an engine leaves out of a container that
/// unpacks beyond its limits: of that only AlertExceedsMax tells.
/// </remarks>
internal sealed class ClamavReach(Func<long, CancellationToken, (string? Found, string? Unscanned)> show)
{
    /// <summary>How many lengths are tried before longer files count as not scanned.</summary>
    internal const int MostShown = 16;

    private const long Least = 1 << 20;

    private readonly Lock _gate = new();
    private long _seen = -1;
    private long _beyond = long.MaxValue;
    private int _shown;
    private bool _isBlind;

    /// <summary>Why files of a length are not scanned: a text key without its prefix <c>unscanned.</c>; null when they are.</summary>
    internal string? WhyNot(long length, CancellationToken stop)
    {
        lock (_gate)
        {
            return length <= _seen ? null
                : _isBlind ? "no-proof"
                : length >= _beyond ? "too-long"
                : Try(length, stop);
        }
    }

    private string? Try(long length, CancellationToken stop)
    {
        var most = Least;
        while (most < length)
        {
            most *= 2;
        }

        string? trouble = null;
        foreach (var size in most >= _beyond || most == length ? [length] : new[] { most, length })
        {
            if (_shown >= MostShown)
            {
                return "too-long";
            }

            (var found, trouble) = show(size, stop);
            if (found is not null)
            {
                (_seen, _shown) = (size, _shown + 1);
                return null;
            }

            // One that hangs up may have been given too much, or be gone: the shorter one tells.
            if (trouble is null or "too-long")
            {
                (_beyond, _shown) = (size, _shown + 1);
            }
            else if (trouble != "connection")
            {
                return trouble;
            }
        }

        return trouble is null or "too-long" ? WhyNothing(stop) : trouble;
    }

    // Does it find the test file at all?
    private string? WhyNothing(CancellationToken stop)
    {
        if (_seen >= 0)
        {
            return "too-long";
        }

        var (found, trouble) = show(0, stop);
        if (found is null && trouble is not null)
        {
            return trouble;
        }

        (_seen, _isBlind) = (found is null ? -1 : 0, found is null);
        return _isBlind ? "no-proof" : "too-long";
    }
}
