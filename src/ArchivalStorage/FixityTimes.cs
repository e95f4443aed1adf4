using Lantai.StoreFormat;
using Lantai.Words;

namespace Lantai.ArchivalStorage;

/// <summary>
/// When each pack and large object was last read and found well. A cache beside the results of fixity checks
/// (<c>audit/times.json</c>): losing it means that everything is due.
/// </summary>
/// <remarks>spec/formats/audit.md, "Times". Safe for concurrent use.</remarks>
public sealed class FixityTimes
{
    private const string File = StoreLayout.Audit + "/times.json";

    private readonly Lock _gate = new();
    private readonly IDisk _disk;
    private readonly Dictionary<string, DateTimeOffset> _times;

    private FixityTimes(IDisk disk, Dictionary<string, DateTimeOffset> times)
    {
        _disk = disk;
        _times = times;
    }

    /// <summary>What stands for "the last check found it damaged": it is due at once and nothing is deduplicated onto it unread.</summary>
    internal static DateTimeOffset KnownBad => DateTimeOffset.MinValue;

    /// <summary>The last time a path was found well, <see cref="KnownBad"/>, or null when it was never checked.</summary>
    public DateTimeOffset? Of(string path)
    {
        lock (_gate)
        {
            return _times.TryGetValue(path, out var time) ? time : null;
        }
    }

    /// <summary>Reads the file; an absent or damaged one is empty.</summary>
    internal static FixityTimes Load(IDisk disk)
    {
        var times = new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal);
        if (disk.Exists(File))
        {
            var bytes = LedgerFiles.Bytes(disk, File);
            if (bytes.Length > 65 && Digest.TryParse(System.Text.Encoding.ASCII.GetString(bytes.AsSpan(bytes.Length - 65, 64)), out var check)
                && Digest.Of(bytes.AsSpan(0, bytes.Length - 65)) == check && CanonicalJson.TryRead(bytes.AsSpan(0, bytes.Length - 65), out var map))
            {
                foreach (var (path, time) in map.Members)
                {
                    if (time is string text && StoreTime.TryRead(text, out var at))
                    {
                        times[path] = at;
                    }
                }
            }
        }

        return new FixityTimes(disk, times);
    }

    internal void Note(string path, DateTimeOffset time)
    {
        lock (_gate)
        {
            _times[path] = time;
        }
    }

    internal void Save()
    {
        var map = new JsonMap();
        lock (_gate)
        {
            foreach (var (path, time) in _times)
            {
                _ = map.Set(path, time);
            }
        }

        var json = CanonicalJson.Write(map);
        _disk.Replace(File, [.. json, .. System.Text.Encoding.ASCII.GetBytes(Digest.Of(json).ToString()), (byte)'\n']);
    }
}
