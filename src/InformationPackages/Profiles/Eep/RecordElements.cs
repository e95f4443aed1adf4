using System.Text.Json;

namespace Lantai.InformationPackages;

/// <summary>An element of the metadata of electronic records, DA/T 46-2009 as it is known here without its text.</summary>
/// <param name="Number">Its number, 1 to 88.</param>
/// <param name="Chinese">Its Chinese name.</param>
/// <param name="English">Its English name.</param>
/// <param name="Obligation">M mandatory, C conditional, O optional.</param>
/// <param name="IsContainer">Whether it holds other elements.</param>
/// <param name="Provenance">How its number is known: <c>program</c> or <c>order</c>.</param>
/// <param name="Confidence">How surely.</param>
public sealed record RecordElement(int Number, string Chinese, string English, char Obligation, bool IsContainer, string Provenance, ReadingConfidence Confidence)
{
    /// <summary>Number and name: <c>M22 题名</c>.</summary>
    public override string ToString() => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"M{Number} {Chinese}");
}

/// <summary>The 88 elements of DA/T 46-2009, as data (<c>record-elements.json</c>).</summary>
/// <remarks>Immutable, safe for concurrent use.</remarks>
public static class RecordElements
{
    private static readonly Lazy<IReadOnlyList<RecordElement>> Loaded = new(Load);

    /// <summary>All elements by their numbers.</summary>
    public static IReadOnlyList<RecordElement> All => Loaded.Value;

    /// <summary>The element of a Chinese name; null when there is none.</summary>
    public static RecordElement? Find(string chinese) => All.FirstOrDefault(e => e.Chinese == chinese);

    private static List<RecordElement> Load()
    {
        using var stream = typeof(RecordElements).Assembly.GetManifestResourceStream("record-elements.json")!;
        using var json = JsonDocument.Parse(stream);
        return [.. json.RootElement.GetProperty("elements").EnumerateArray().Select(Read)];
    }

    private static RecordElement Read(JsonElement element) => new(
        element.GetProperty("number").GetInt32(), element.GetProperty("zh").GetString()!, element.GetProperty("en").GetString()!, element.GetProperty("obligation").GetString()![0],
        element.GetProperty("type").GetString() == "container", element.GetProperty("provenance").GetString()!,
        Enum.Parse<ReadingConfidence>(element.GetProperty("confidence").GetString()!, ignoreCase: true));
}
