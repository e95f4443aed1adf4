using Lantai.Words;

namespace Lantai.Containers;

/// <summary>
/// Judges the path of an entry: whether unpacking it below a folder, on any system, could leave that folder or
/// mean two things.
/// </summary>
/// <remarks>Pure, safe for concurrent use.</remarks>
public static class EntryPath
{
    /// <summary>
    /// Finds what is wrong with a path, or nothing: empty, absolute, with a drive letter, with a segment that is
    /// empty, <c>.</c> or <c>..</c>, or with a NUL. A backslash is a character like others, unless it would climb
    /// (<c>..\</c>) or start at a root on systems where it separates.
    /// </summary>
    public static Finding? Check(EntryName name) =>
        FindReason(name.Bytes.Span) is { } reason
            ? Finding.Error("ZIP-016", name.Display, ("reason", reason))
            : null;

    /// <summary>The reason as a stable word, for rooms that report under a code of their own; null when the path is safe.</summary>
    public static string? FindReason(ReadOnlySpan<byte> path)
    {
        if (path.IsEmpty)
        {
            return "empty";
        }

        if (path.Contains((byte)0))
        {
            return "nul";
        }

        if (path[0] is (byte)'/' or (byte)'\\')
        {
            return "absolute";
        }

        if (path.Length >= 2 && path[1] == ':' && char.IsAsciiLetter((char)path[0]))
        {
            return "drive";
        }

        return FindBadSegment(path);
    }

    private static string? FindBadSegment(ReadOnlySpan<byte> path)
    {
        foreach (var range in path.Split((byte)'/'))
        {
            var segment = path[range];
            if (segment.IsEmpty)
            {
                return "empty-segment";
            }

            if (segment.SequenceEqual("."u8))
            {
                return "dot";
            }

            foreach (var part in segment.Split((byte)'\\'))
            {
                if (segment[part].SequenceEqual(".."u8))
                {
                    return "parent";
                }
            }
        }

        return null;
    }
}
