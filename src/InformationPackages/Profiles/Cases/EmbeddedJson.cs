using System.Text.Json;

namespace Lantai.InformationPackages;

/// <summary>Opens the lists that are built into this room.</summary>
internal static class EmbeddedJson
{
    internal static JsonDocument Open(string name)
    {
        using var stream = typeof(EmbeddedJson).Assembly.GetManifestResourceStream(name)
            ?? throw new ArgumentException($"{name} is not built in.", nameof(name));
        return JsonDocument.Parse(stream);
    }
}
