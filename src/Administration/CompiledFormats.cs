using Lantai.Characterization.Identification;

namespace Lantai.Administration;

/// <summary>A registry compiled once and kept beside: a cache that may be lost, or spoiled, at no cost but time.</summary>
public static class CompiledFormats
{
    /// <summary>Reads a cache; null when it is absent, of another version, or damaged.</summary>
    public static FormatRegistry? Read(string path)
    {
        try
        {
            return FormatRegistry.ReadCompiled(new MemoryStream(File.ReadAllBytes(path)));
        }
        catch (Exception absent) when (absent is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Writes a cache, whole or not at all; that it cannot be written is of no concern.</summary>
    public static void Write(FormatRegistry registry, string path)
    {
        ArgumentNullException.ThrowIfNull(registry);
        var temporary = $"{path}.{Environment.ProcessId}";
        try
        {
            _ = Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            using (var file = File.Create(temporary))
            {
                registry.WriteCompiled(file);
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            // The next start compiles again.
        }
    }
}
