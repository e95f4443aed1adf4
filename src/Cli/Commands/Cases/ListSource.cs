using Lantai.Cli.Arguments;
using Lantai.RecordsManagement;

namespace Lantai.Cli.Commands.Cases;

/// <summary>A list of completed cases in a file that somebody named.</summary>
internal sealed class ListSource : IDisposable
{
    private readonly FileStream _file;

    private ListSource(FileStream file, CompletionList list) => (_file, List) = (file, list);

    public CompletionList List { get; }

    /// <exception cref="WrongUseException">The file is not there, or its extension is that of no list.</exception>
    public static ListSource Open(CommandContext context, string said)
    {
        var path = context.PathOf(said);
        if (!File.Exists(path))
        {
            throw new WrongUseException("usage.path", ("path", path));
        }

        var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16);
        var list = CompletionList.Open(file, Path.GetFileName(path));
        if (list is not null)
        {
            return new ListSource(file, list);
        }

        file.Dispose();
        throw new WrongUseException("usage.choice", ("option", "FILE"), ("text", said), ("choices", string.Join(", ", CompletionList.Extensions.Select(e => "*" + e))));
    }

    public void Dispose() => _file.Dispose();
}
