using Lantai.Administration;
using Lantai.ArchivalStorage;

namespace Lantai.Tests.Administration;

/// <summary>A repository in a temporary folder: store, keys and submissions side by side.</summary>
internal sealed class RepositoryPlace : IDisposable
{
    public static readonly Actor Actor = new("os:tester", "lantai test");

    public RepositoryPlace(long packSize = 1 << 20, long largeFrom = 1 << 18, long segmentSize = 1 << 16, bool sm3 = false, bool sm2 = false, string? records = null)
    {
        Root = Directory.CreateTempSubdirectory("lantai-repository-").FullName;
        var key = RepositoryCreation.Create(
            Settings, (packSize, largeFrom, segmentSize), new Dictionary<string, byte[]> { ["spec/README.md"] = "spec"u8.ToArray() }, out var why, (sm3, sm2), records);
        Key = key ?? throw new InvalidOperationException(why!.ToString());
    }

    public string Root { get; }

    public Lantai.Evidence.VerifierKey Key { get; private set; }

    public RepositorySettings Settings => new(Path.Combine(Root, "store"), Path.Combine(Root, "keys"), null, Actor, TimeProvider.System);

    public Repository Open() => Repository.Open(Settings);

    public string Folder(string name, params IReadOnlyList<(string Path, string Content)> files)
    {
        var folder = Directory.CreateDirectory(Path.Combine(Root, "sips", name)).FullName;
        foreach (var (path, content) in files)
        {
            _ = Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(folder, path))!);
            File.WriteAllText(Path.Combine(folder, path), content);
        }

        return folder;
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
