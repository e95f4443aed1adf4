using System.Buffers;
using System.Globalization;
using System.Text;
using Lantai.Containers;
using Lantai.InformationPackages;

namespace Lantai.Inspection.Reading;

/// <summary>
/// The digest of a package as one thing: of its container file, of its one file, or, where it is a folder, of the list that
/// <c>sha256sum</c> prints of its files in the byte order of their paths. Source: spec/formats/inspection.md.
/// </summary>
/// <remarks>Safe for concurrent use.</remarks>
internal static class PackageDigest
{
    /// <summary>The algorithm in front of a declared digest, such as <c>sm3:…</c>; null for none that is taken there.</summary>
    internal static DigestAlgorithm? AlgorithmOf(string? declared) => declared?.Split(':', 2)[0].ToLowerInvariant() switch
    {
        "sm3" => DigestAlgorithm.Find("sm3"),
        "sha256" => DigestAlgorithm.Find("sha256"),
        _ => null,
    };

    /// <summary>The digest; null when a content cannot be read, or there is nothing to read.</summary>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    internal static byte[]? Of(OpenedPackage package, DigestAlgorithm algorithm, CancellationToken stop)
    {
        try
        {
            if (package.OpenContainer() is { } container)
            {
                using (container)
                {
                    return Of(container, long.MaxValue, algorithm, stop);
                }
            }

            return package.Tree is not { } tree ? OfUnopened(package, algorithm, stop)
                : package.IsFile ? OfOne(tree.Files[0], algorithm, stop)
                : OfList(tree, algorithm, stop);
        }
        catch (ContentException)
        {
            return null; // the finding is told where the content is looked at
        }
    }

    /// <summary>The digest of one content.</summary>
    /// <exception cref="ContentException">It cannot be read.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    internal static byte[] OfOne(PackageFile file, DigestAlgorithm algorithm, CancellationToken stop)
    {
        using var content = file.OpenRead();
        return Of(content, long.MaxValue, algorithm, stop);
    }

    /// <summary>A container that was refused is still a file, whose digest names what was refused.</summary>
    private static byte[]? OfUnopened(OpenedPackage package, DigestAlgorithm algorithm, CancellationToken stop)
    {
        if (package.Source is not { Held: null } source)
        {
            return null;
        }

        var file = new FileInfo(source.Child is { } child ? Path.Combine(source.Path, child.Display) : source.Path);
        if (!file.Exists || file.LinkTarget is not null || file.Length == 0)
        {
            return null;
        }

        try
        {
            using var content = file.OpenRead();
            return Of(content, file.Length, algorithm, stop);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static byte[] OfList(PackageTree tree, DigestAlgorithm algorithm, CancellationToken stop)
    {
        using var list = algorithm.Begin();
        foreach (var file in tree.Files.OrderBy(f => f.Name.Bytes, PathOrder.Instance))
        {
            var name = file.Name.Bytes.Span;
            var isEscaped = name.IndexOfAny("\\\n\r"u8) >= 0;
            list.Append(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{(isEscaped ? "\\" : "")}{Convert.ToHexStringLower(OfOne(file, algorithm, stop))}  ")));
            list.Append(isEscaped ? Escape(name) : name);
            list.Append("\n"u8);
        }

        return list.Finish();
    }

    private static byte[] Escape(ReadOnlySpan<byte> name)
    {
        var escaped = new List<byte>(name.Length + 8);
        foreach (var letter in name)
        {
            escaped.AddRange(letter switch { (byte)'\\' => "\\\\"u8, (byte)'\n' => "\\n"u8, (byte)'\r' => "\\r"u8, _ => [letter] });
        }

        return [.. escaped];
    }

    private static byte[] Of(Stream content, long most, DigestAlgorithm algorithm, CancellationToken stop)
    {
        using var meter = algorithm.Begin();
        var buffer = ArrayPool<byte>.Shared.Rent(1 << 16);
        try
        {
            for (int got; most > 0 && (got = content.Read(buffer, 0, (int)Math.Min(buffer.Length, most))) > 0; most -= got)
            {
                stop.ThrowIfCancellationRequested();
                meter.Append(buffer.AsSpan(0, got));
            }

            return meter.Finish();
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private sealed class PathOrder : IComparer<ReadOnlyMemory<byte>>
    {
        internal static PathOrder Instance { get; } = new();

        public int Compare(ReadOnlyMemory<byte> x, ReadOnlyMemory<byte> y) => x.Span.SequenceCompareTo(y.Span);
    }
}
