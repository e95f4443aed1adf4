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
    private const string PlainText = "x-fmt/111";
    private const string Gb18030Text = "lantai/text-gb18030";

    private readonly FormatRegistry _registry;
    private readonly TableComparison _main;
    private readonly TableComparison? _own;
    private readonly int _window;
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
        (_registry, _window) = (registry, window);
        _main = new TableComparison(registry.Imported ?? registry.Own, window);
        _own = registry.Imported is null ? null : new TableComparison(registry.Own, window);
    }

    /// <summary>Identifies a file.</summary>
    /// <param name="content">The file.</param>
    /// <param name="name">Its name or path, for the extension; may be empty.</param>
    /// <exception cref="IOException">The source failed.</exception>
    public FormatIdentification Identify(FileContent content, string name)
    {
        ArgumentNullException.ThrowIfNull(content);
        var windows = Read(content);
        var extension = ExtensionOf(name);
        if (windows.Head.Length == 0)
        {
            return ByNameOrText(windows, extension, isCutShort: false);
        }

        var budget = StepsPerFile;
        var matches = _main.Compare(content, windows, ref budget);
        AddOwn(matches, content, windows, ref budget);
        return matches.Count > 0 ? ByContent(matches, extension, budget < 0) : ByNameOrText(windows, extension, budget < 0);
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
            buffer = GC.AllocateUninitializedArray<byte>((int)Math.Min(Array.MaxLength, System.Numerics.BitOperations.RoundUpToPowerOf2((uint)length)));
        }

        return buffer.AsSpan(0, length);
    }

    // Our own formats are asked where the imported registry knows nothing, or only the general kind that one of ours is a case of.
    private void AddOwn(List<FormatMatch> matches, FileContent content, in FileWindows windows, ref long budget)
    {
        if (_own is null || (matches.Count > 0 && !matches.Exists(m => _registry.IsGeneral(m.Format.Id))))
        {
            return;
        }

        foreach (var match in _own.Compare(content, windows, ref budget))
        {
            if (matches.Exists(m => m.Format.Id == match.Format.Id || _registry.OwnSetsAside(m.Format.Id, match.Format.Id)))
            {
                continue;
            }

            _ = matches.RemoveAll(m => _registry.OwnSetsAside(match.Format.Id, m.Format.Id));
            if (matches.Count == 0 || match.Format.Id.StartsWith("lantai/", StringComparison.Ordinal))
            {
                matches.Add(match with { Format = _registry.Find(match.Format.Id) ?? match.Format });
            }
        }
    }

    private FormatIdentification ByContent(List<FormatMatch> matches, string extension, bool isCutShort)
    {
        if (matches.Count > 1)
        {
            matches.Sort((x, y) =>
                Bears(y.Format, extension).CompareTo(Bears(x.Format, extension)) is not 0 and var byName ? byName
                : y.Weight.CompareTo(x.Weight) is not 0 and var byWeight ? byWeight
                : string.CompareOrdinal(x.Format.Id, y.Format.Id));
        }

        var candidates = new List<FormatCandidate>(matches.Count);
        var isMismatch = extension.Length > 0;
        foreach (var match in matches)
        {
            candidates.Add(new FormatCandidate(match.Format, match.IsInside ? IdentificationBasis.Container : IdentificationBasis.Signature));
            isMismatch &= match.Format.Extensions.Count > 0 && !Bears(match.Format, extension);
        }

        if (isMismatch)
        {
            candidates.AddRange(_registry.WithExtension(extension).Select(f => new FormatCandidate(f, IdentificationBasis.Extension)));
        }

        return new FormatIdentification(candidates[0], candidates, isMismatch, isCutShort);
    }

    private FormatIdentification ByNameOrText(in FileWindows windows, string extension, bool isCutShort)
    {
        var named = _registry.WithExtension(extension);
        var text = TextSniff.Find(windows);
        if (named.Count == 0)
        {
            return text != TextKind.None && _registry.Find(TextFormat(text)) is { } plain
                ? new FormatIdentification(new FormatCandidate(plain, IdentificationBasis.Text), [new FormatCandidate(plain, IdentificationBasis.Text)], false, isCutShort)
                : FormatIdentification.Unknown with { IsCutShort = isCutShort };
        }

        var candidates = named.Select(f => new FormatCandidate(f, IdentificationBasis.Extension)).ToList();
        var byText = text == TextKind.None ? null : candidates.Find(c => c.Format.Id == TextFormat(text));
        var isClear = named.Count == 1 || _registry.LikelihoodOf(named[0].Id) < _registry.LikelihoodOf(named[1].Id);
        var best = byText is not null ? byText with { Basis = IdentificationBasis.Text } : isClear ? candidates[0] : null;
        return new FormatIdentification(best, candidates, windows.Head.Length > 0 && text == TextKind.None && IsPlain(named[0]), isCutShort);
    }

    private static string TextFormat(TextKind kind) => kind == TextKind.Gb18030 ? Gb18030Text : PlainText;

    // A format that is text and has no signature: what is not text cannot be of it.
    private static bool IsPlain(FileFormat format) => format.MediaTypes.Any(t => t.StartsWith("text/", StringComparison.Ordinal));

    private static bool Bears(FileFormat format, string extension) => extension.Length > 0 && format.Extensions.Contains(extension);
}
