using System.Collections.Concurrent;
using System.Threading.Channels;
using Lantai.Characterization;
using Lantai.Containers;
using Lantai.InformationPackages;
using Lantai.Words;

namespace Lantai.Cli.Commands.Formats;

/// <summary>A file that was looked at.</summary>
/// <param name="Name">Its path from the folder that was named, or the file's own name.</param>
/// <param name="Length">Its length in bytes.</param>
/// <param name="Character">What it is; null when it could not be read.</param>
/// <param name="Trouble">Why it could not be read.</param>
internal sealed record IdentifiedFile(EntryName Name, long Length, FileCharacter? Character, Finding? Trouble);

/// <summary>Looks at files on all processors and tells them in the order of their names. What cannot be read is told and passed over.</summary>
internal sealed class FolderIdentification(CharacterizationPlan plan, IdentifiedFiles output, CancellationToken stop)
{
    private const int InBlock = 64;

    private readonly ConcurrentBag<FileCharacterizer> _idle = []; // each keeps its windows from block to block

    public async Task RunAsync(IReadOnlyList<string> paths)
    {
        foreach (var path in paths)
        {
            var isFile = File.Exists(path);
            using var folder = ByteFolder.Open(isFile ? Path.GetDirectoryName(path)! : path);
            var findings = new List<Finding>();
            var names = isFile ? [EntryName.OfText(Path.GetFileName(path))] : folder.Walk(findings).Where(e => !e.IsFolder).Select(e => e.Name);
            var blocks = Channel.CreateBounded<Task<IReadOnlyList<IdentifiedFile>>>(Environment.ProcessorCount * 2);
            var reading = Task.Run(() => ReadAsync(folder, names, blocks.Writer), CancellationToken.None);
            await foreach (var block in blocks.Reader.ReadAllAsync(CancellationToken.None))
            {
                foreach (var file in await block)
                {
                    output.Add(file);
                }
            }

            await reading;
            findings.ForEach(f => output.Add(new IdentifiedFile(EntryName.OfText(f.Subject.Length > 0 ? f.Subject : path), 0, null, f)));
        }
    }

    private async Task ReadAsync(ByteFolder folder, IEnumerable<EntryName> names, ChannelWriter<Task<IReadOnlyList<IdentifiedFile>>> blocks)
    {
        try
        {
            foreach (var block in names.Chunk(InBlock))
            {
                if (stop.IsCancellationRequested)
                {
                    return;
                }

                await blocks.WriteAsync(Task.Run(() => Look(folder, block), CancellationToken.None), CancellationToken.None);
            }
        }
        finally
        {
            blocks.Complete();
        }
    }

    private IReadOnlyList<IdentifiedFile> Look(ByteFolder folder, EntryName[] names)
    {
        var characterizer = _idle.TryTake(out var idle) ? idle : new FileCharacterizer(plan);
        var files = new List<IdentifiedFile>(names.Length);
        foreach (var name in names)
        {
            if (stop.IsCancellationRequested)
            {
                break;
            }

            files.Add(Look(characterizer, folder, name));
        }

        _idle.Add(characterizer);
        return files;
    }

    private IdentifiedFile Look(FileCharacterizer characterizer, ByteFolder folder, EntryName name)
    {
        try
        {
            using var file = folder.OpenHandle(name);
            var content = FileContent.Of(file);
            return new IdentifiedFile(name, content.Length, characterizer.Characterize(content, name.Display, null, stop), null);
        }
        catch (ContentException gone)
        {
            return new IdentifiedFile(name, 0, null, gone.Finding);
        }
        catch (IOException problem)
        {
            return new IdentifiedFile(name, 0, null, Finding.Error("SIP-007", name.Display, ("error", problem.Message)));
        }
    }
}
