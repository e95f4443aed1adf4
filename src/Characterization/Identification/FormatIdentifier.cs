using System.Buffers;
using Lantai.Characterization.Matching;

namespace Lantai.Characterization.Identification;

/// <summary>Says what files are, by their bytes first and their names last.</summary>
/// <remarks>
/// Reads the beginning and the end of a file, and of a container its list of entries and a few of them. Made for one thread:
/// it keeps its buffers from file to file. Any number may share one registry.
/// </remarks>
public sealed class FormatIdentifier
{
    /// <summary>The window at each end that is read unless said otherwise, in bytes: that of DROID.</summary>
    public const int DefaultWindow = 64 << 10;

    /// <summary>The widest window, in bytes.</summary>
    public const int WidestWindow = 1 << 30;

    private const long StepsPerFile = 2_000_000;

    private readonly FormatTable _table;
    private readonly ContainerIdentification _containers;
    private readonly int _window;
    private readonly List<int> _tried = [];
    private readonly List<(int Format, int Weight)> _found = [];
    private byte[] _head = [];
    private byte[] _tail = [];

    /// <summary>Makes an identifier.</summary>
    /// <param name="registry">The formats.</param>
    /// <param name="window">Bytes that are read at each end of a file, 4 KiB to <see cref="WidestWindow"/>.</param>
    public FormatIdentifier(FormatRegistry registry, int window = DefaultWindow)
    {
        ArgumentNullException.ThrowIfNull(registry);
        ArgumentOutOfRangeException.ThrowIfLessThan(window, 4096);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(window, WidestWindow);
        (_table, _window) = (registry.Table, window);
        _containers = new ContainerIdentification(registry.Table, window);
    }

    /// <summary>Identifies a file.</summary>
    /// <param name="content">The file.</param>
    /// <param name="name">Its name or path, for the extension; may be empty.</param>
    /// <exception cref="IOException">The source failed.</exception>
    public FormatIdentification Identify(FileContent content, string name)
    {
        var windows = Read(content);
        var budget = StepsPerFile;
        var isContainer = false;
        _found.Clear();
        if (windows.Head.Length > 0)
        {
            Compare(windows, ref budget);
            isContainer = _containers.TryIdentify(content, windows.Head, _found, ref budget);
        }

        return Answer(windows, ExtensionOf(name), isContainer, budget < 0);
    }

    /// <summary>The extension of a name in lower case, without the dot; empty when it has none.</summary>
    public static string ExtensionOf(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var dot = name.LastIndexOf('.');
        return dot > name.LastIndexOf('/') + 1 && dot < name.Length - 1 ? name[(dot + 1)..].ToLowerInvariant() : "";
    }

    private FileWindows Read(FileContent content)
    {
        if (content.Memory is { } memory)
        {
            var bytes = memory.Span;
            return bytes.Length <= 2L * _window ? new FileWindows(bytes, bytes) : new FileWindows(bytes[.._window], bytes[^_window..]);
        }

        var length = content.Length;
        if (length <= 2L * _window)
        {
            var whole = Room(ref _head, (int)length);
            whole = whole[..content.Read(0, whole)];
            return new FileWindows(whole, whole);
        }

        var head = Room(ref _head, _window);
        var tail = Room(ref _tail, _window);
        head = head[..content.Read(0, head)];
        return new FileWindows(head, tail[..content.Read(length - _window, tail)]);
    }

    private static Span<byte> Room(ref byte[] buffer, int length)
    {
        if (buffer.Length < length)
        {
            buffer = GC.AllocateUninitializedArray<byte>((int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)length));
        }

        return buffer.AsSpan(0, length);
    }

    private void Compare(in FileWindows windows, ref long budget)
    {
        _tried.Clear();
        _table.Triggers.Find(windows, _tried);
        _tried.AddRange(_table.Scanned);
        _tried.Sort();
        var last = -1;
        foreach (var place in _tried)
        {
            if (place == last)
            {
                continue;
            }

            last = place;
            var signature = _table.Signatures[place];
            if (signature.Matches(windows, ref budget))
            {
                _found.Add((signature.Format, signature.Weight));
            }
        }
    }

    private FormatIdentification Answer(in FileWindows windows, string extension, bool isContainer, bool isCutShort)
    {
        if (_found.Count == 0)
        {
            return ByNameOrText(windows, extension, isCutShort);
        }

        var formats = _found.Select(f => f.Format).Distinct().ToList();
        var left = formats.Where(f => !formats.Any(o => o != f && _table.Over[o].Contains(f))).ToList();
        var weights = left.ToDictionary(f => f, f => _found.Where(x => x.Format == f).Max(x => x.Weight));
        var ordered = left.OrderByDescending(f => Bears(f, extension)).ThenByDescending(f => weights[f]).ThenBy(f => f).ToList();
        var basis = isContainer ? IdentificationBasis.Container : IdentificationBasis.Signature;
        var candidates = ordered.Select(f => new FormatCandidate(_table.Formats[f], basis)).ToList();
        var isMismatch = extension.Length > 0 && ordered.All(f => _table.Formats[f].Extensions.Count > 0 && !Bears(f, extension));
        return new FormatIdentification(candidates[0], candidates, isMismatch, isCutShort);
    }

    private FormatIdentification ByNameOrText(in FileWindows windows, string extension, bool isCutShort)
    {
        var named = _table.WithExtension(extension).OrderByDescending(f => _table.IsOurs[f]).ToList();
        var isText = TextSniff.IsText(windows);
        if (named.Count == 0)
        {
            return isText && _table.Find("x-fmt/111") is { } text
                ? Single(new FormatCandidate(_table.Formats[text], IdentificationBasis.Text), extension is not ("" or "txt" or "text"), isCutShort)
                : FormatIdentification.Unknown with { IsCutShort = isCutShort };
        }

        var candidates = named.Select(f => new FormatCandidate(_table.Formats[f], IdentificationBasis.Extension)).ToList();
        var isClear = named.Count == 1 || (_table.IsOurs[named[0]] && !_table.IsOurs[named[1]]);
        var isMismatch = windows.Head.Length > 0 && !isText && candidates[0].Format.Class is FormatClass.Text && candidates[0].Format.MediaTypes.Any(t => t.StartsWith("text/", StringComparison.Ordinal));
        return new FormatIdentification(isClear ? candidates[0] : null, candidates, isMismatch, isCutShort);
    }

    private static FormatIdentification Single(FormatCandidate candidate, bool isMismatch, bool isCutShort) => new(candidate, [candidate], isMismatch, isCutShort);

    private bool Bears(int format, string extension) => extension.Length > 0 && _table.Formats[format].Extensions.Contains(extension);
}
