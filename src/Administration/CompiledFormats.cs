using Lantai.Characterization.Identification;
using Lantai.Words;

namespace Lantai.Administration;

/// <summary>A registry compiled once and kept beside: a cache that may be lost, or spoiled, at no cost but time.</summary>
public static class CompiledFormats
{
    /// <summary>Reads a cache; null when it is absent, of another version, or damaged.</summary>
    public static FormatRegistry? Read(string path)
    {
        try
        {
            var bytes = File.ReadAllBytes(path);
            var length = bytes.Length - Digest.Size;
            return length > 0 && Digest.Of(bytes.AsSpan(0, length)) == new Digest(bytes.AsSpan(length))
                ? FormatRegistry.ReadCompiled(new MemoryStream(bytes, 0, length))
                : null;
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
            using var compiled = new MemoryStream();
            registry.WriteCompiled(compiled);
            var bytes = new byte[compiled.Length + Digest.Size];
            compiled.ToArray().CopyTo(bytes, 0);
            Digest.Of(compiled.ToArray()).CopyTo(bytes.AsSpan((int)compiled.Length)); // what does not match is not even parsed
            File.WriteAllBytes(temporary, bytes);

            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            // The next start compiles again.
        }
    }
}
