using Lantai.Cli.Arguments;
using Lantai.Words;

namespace Lantai.Cli.Commands.Registers;

/// <summary>Reads small files that somebody wrote: rules, overlays, requirements.</summary>
internal static class FileText
{
    private const int Most = (1 << 20) + 1;

    /// <summary>Reads a file; what is wrong with it is told, and null given.</summary>
    /// <exception cref="WrongUseException">There is no such file.</exception>
    public static T? Read<T>(CommandContext context, string said, Reader<T> read)
        where T : class
    {
        var path = context.PathOf(said);
        if (!File.Exists(path))
        {
            throw new WrongUseException("usage.path", ("path", path));
        }

        using var file = File.OpenRead(path);
        var bytes = new byte[Most]; // one more than is allowed: the reader says so
        var length = file.ReadAtLeast(bytes, Most, throwOnEndOfStream: false);
        var findings = new List<Finding>();
        var value = read(bytes.AsSpan(0, length), Path.GetFileName(path), findings);
        context.Report.Tell(findings);
        if (value is null)
        {
            context.Report.Say("register.refused", ("what", Path.GetFileName(path)));
        }

        return value;
    }

    /// <summary>Reads a value from bytes; null and findings when it is none.</summary>
    public delegate T? Reader<T>(ReadOnlySpan<byte> bytes, string displayName, ICollection<Finding> findings);
}
