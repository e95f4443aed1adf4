using Lantai.InformationPackages;

namespace Lantai.Cli.Commands.Packages;

/// <summary>Writes a package where a command was asked to: a path that ends in .zip is a zip, any other a folder.</summary>
internal static class PackageOutput
{
    /// <exception cref="IOException">It exists, or cannot be written.</exception>
    public static void Write(string path, IReadOnlyList<PackageFile> files, string name, DateTimeOffset time, CancellationToken stop)
    {
        if (!path.EndsWith(".zip", StringComparison.OrdinalIgnoreCase))
        {
            PackageWriting.ToFolder(path, files, time, stop);
            return;
        }

        if (Path.Exists(path))
        {
            throw new IOException($"{path} is there already.");
        }

        // Half a zip must not be taken for one: it gets its name when it is whole.
        _ = Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var unfinished = path + ".part";
        try
        {
            using (var target = new FileStream(unfinished, FileMode.Create, FileAccess.ReadWrite))
            {
                PackageWriting.ToZip(target, files, name, time, stop);
            }

            File.Move(unfinished, path, overwrite: false);
        }
        finally
        {
            File.Delete(unfinished);
        }
    }
}
