using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Lantai.Tests.House;

namespace Lantai.Tests.Vectors;

/// <summary>One change to one file of a vector's base.</summary>
internal sealed record VectorEdit
{
    public required string File { get; init; }

    public int? Offset { get; init; }

    public string? Xor { get; init; }

    public int? Truncate { get; init; }

    public bool Delete { get; init; }

    public string? Append { get; init; }

    public string? ReplaceWith { get; init; }

    public string? CopyOf { get; init; }
}

/// <summary>A broken store, receipt or package, and the code that must be reported of it.</summary>
internal sealed record Vector
{
    /// <summary>How vectors are written.</summary>
    public static readonly JsonSerializerOptions Form = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public required string Base { get; init; }

    public required string Code { get; init; }

    public required string Note { get; init; }

    /// <summary>What a reader reports that leaves XXH3 out, as the text allows.</summary>
    public string? WithoutXxh3 { get; init; }

    /// <summary>Whether no key comes from outside.</summary>
    public bool WithoutKey { get; init; }

    /// <summary>A checkpoint from outside, as text.</summary>
    public string? Checkpoint { get; init; }

    public IReadOnlyList<VectorEdit> Edits { get; init; } = [];

    public static string Folder { get; } = Path.Combine(Tree.Root, "spec", "vectors");

    public static string Valid(string path) => Path.Combine(Folder, "valid", path);

    /// <summary>Names of the invalid vectors.</summary>
    public static IReadOnlyList<string> Names { get; } =
        [.. Tree.Files("spec/vectors/invalid", "*.json").Select(p => Path.GetFileNameWithoutExtension(p)).Order(StringComparer.Ordinal)];

    /// <summary>Names of the changes to the valid store that leave it valid.</summary>
    public static IReadOnlyList<string> Variations { get; } =
        [.. Tree.Files("spec/vectors/valid/variations", "*.json").Select(p => "../valid/variations/" + Path.GetFileNameWithoutExtension(p))];

    public static Vector Read(string name) =>
        JsonSerializer.Deserialize<Vector>(File.ReadAllBytes(Path.Combine(Folder, "invalid", name + ".json")), Form)!;

    /// <summary>Writes the broken thing into a folder.</summary>
    public void WriteTo(string folder)
    {
        var image = StoreImage.Load(Path.Combine(Folder, Base));
        image.Apply(Edits);
        image.Save(folder);
    }
}

/// <summary>The keys that the valid vectors are held against; written beside them.</summary>
/// <param name="First">The store's first key, from which rotations lead on.</param>
/// <param name="Current">The key that signs now.</param>
/// <param name="Sm2">The key of SM2 that signs too.</param>
internal sealed record VectorKeys(string First, string Current, string Sm2)
{
    public static VectorKeys Read() => JsonSerializer.Deserialize<VectorKeys>(File.ReadAllBytes(Vector.Valid("keys.json")), Vector.Form)!;
}
