namespace Lantai.Tests.Vectors;

/// <summary>A folder in memory: what a vector is made from, and what it is applied to.</summary>
internal sealed class StoreImage
{
    public SortedDictionary<string, byte[]> Files { get; } = new(StringComparer.Ordinal);

    public byte[] this[string path]
    {
        get => Files[path];
        set => Files[path] = value;
    }

    public static StoreImage Load(string folder)
    {
        var image = new StoreImage();
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            image[Path.GetRelativePath(folder, file).Replace('\\', '/')] = File.ReadAllBytes(file);
        }

        return image;
    }

    public StoreImage Copy()
    {
        var copy = new StoreImage();
        foreach (var (path, bytes) in Files)
        {
            copy[path] = (byte[])bytes.Clone();
        }

        return copy;
    }

    public void Save(string folder)
    {
        foreach (var (path, bytes) in Files)
        {
            var full = Path.Combine(folder, path);
            _ = Directory.CreateDirectory(Path.GetDirectoryName(full)!);
            File.WriteAllBytes(full, bytes);
        }
    }

    /// <summary>The only path that begins and ends so.</summary>
    public string Path1(string start, string end = "") =>
        Files.Keys.First(p => p.StartsWith(start, StringComparison.Ordinal) && p.EndsWith(end, StringComparison.Ordinal));

    /// <summary>What makes this image from another one.</summary>
    public List<VectorEdit> EditsFrom(StoreImage old)
    {
        var edits = old.Files.Keys.Where(p => !Files.ContainsKey(p)).Select(p => new VectorEdit { File = p, Delete = true }).ToList();
        foreach (var (path, bytes) in Files)
        {
            if (old.Files.TryGetValue(path, out var before))
            {
                edits.AddRange(Edits(path, before, bytes));
            }
            else
            {
                var source = old.Files.FirstOrDefault(f => f.Value.AsSpan().SequenceEqual(bytes)).Key;
                edits.Add(source is null ? new VectorEdit { File = path, ReplaceWith = Convert.ToBase64String(bytes) } : new VectorEdit { File = path, CopyOf = source });
            }
        }

        // Copies first: their source may be deleted or changed by a later edit.
        return [.. edits.OrderBy(e => e.CopyOf is null)];
    }

    public void Apply(IEnumerable<VectorEdit> edits)
    {
        foreach (var edit in edits)
        {
            if (edit.Delete)
            {
                Assert.True(Files.Remove(edit.File), "nothing to delete: " + edit.File);
            }
            else if (edit.CopyOf is { } source)
            {
                Files[edit.File] = (byte[])Files[source].Clone();
            }
            else if (edit.ReplaceWith is { } base64)
            {
                Files[edit.File] = Convert.FromBase64String(base64);
            }
            else if (edit.Truncate is { } length)
            {
                Files[edit.File] = Files[edit.File][..length];
            }
            else if (edit.Append is { } hex)
            {
                Files[edit.File] = [.. Files[edit.File], .. Convert.FromHexString(hex)];
            }
            else
            {
                var mask = Convert.FromHexString(edit.Xor!);
                for (var i = 0; i < mask.Length; i++)
                {
                    Files[edit.File][edit.Offset!.Value + i] ^= mask[i];
                }
            }
        }
    }

    private static IEnumerable<VectorEdit> Edits(string path, byte[] before, byte[] after)
    {
        if (after.Length < before.Length)
        {
            yield return new VectorEdit { File = path, Truncate = after.Length };
        }

        var common = Math.Min(before.Length, after.Length);
        var mask = new byte[common];
        for (var i = 0; i < common; i++)
        {
            mask[i] = (byte)(before[i] ^ after[i]);
        }

        for (var i = 0; i < common; i++)
        {
            if (mask[i] == 0)
            {
                continue;
            }

            // A run ends where 8 equal bytes follow: fewer would cost more as an edit of their own.
            var end = i;
            for (var k = i; k < common && k < end + 8; k++)
            {
                end = mask[k] != 0 ? k + 1 : end;
            }

            yield return new VectorEdit { File = path, Offset = i, Xor = Convert.ToHexStringLower(mask.AsSpan(i, end - i)) };
            i = end;
        }

        if (after.Length > before.Length)
        {
            yield return new VectorEdit { File = path, Append = Convert.ToHexStringLower(after.AsSpan(common)) };
        }
    }
}
