using System.Globalization;
using System.Text;
using Lantai.InformationPackages.Xml;

namespace Lantai.InformationPackages;

/// <summary>Compares a document with its shape: which elements stand where, how often, in which order, and what their values look like.</summary>
/// <param name="findings">Takes PKG-110 to PKG-124.</param>
/// <param name="file">The document's path in the package.</param>
/// <param name="shape">What it should look like.</param>
/// <param name="space">The namespace that all elements are in; empty for none.</param>
/// <param name="clause">What a fault of structure offends: the rest of a key <c>clause.…</c>.</param>
internal sealed class ShapeCheck(PackageFindings findings, string file, MarkupShape shape, string space, string clause)
{
    private const int MostCharacters = 4000;

    private static readonly string[] Days = ["yyyy-MM-dd", "yyyyMMdd"];
    private static readonly string[] Times = ["yyyy-MM-dd'T'HH:mm:sszzz", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz"];

    /// <summary>Checks a document from its root; false when the root is another, and nothing more was looked at.</summary>
    public bool Check(MarkupElement root)
    {
        if (root.LocalName != shape.Root)
        {
            findings.Error("PKG-110", file, root.Path, clause, shape.Root, root.LocalName);
            return false;
        }

        if (root.Namespace != space)
        {
            findings.Error("PKG-118", file, root.Path, clause, space, root.Namespace);
            return false;
        }

        Check(root, shape.Of(root.LocalName));
        return true;
    }

    /// <summary>Reads a day; null when the text is none.</summary>
    public static DateOnly? ReadDay(string text) =>
        DateOnly.TryParseExact(text, Days, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    /// <summary>Reads a number that is not negative; null when the text is none.</summary>
    public static long? ReadNumber(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private void Check(MarkupElement element, ElementShape shaped)
    {
        foreach (var attribute in shaped.Attributes.Where(a => string.IsNullOrWhiteSpace(element.Attribute(a))))
        {
            findings.Error("PKG-117", file, $"{element.Path}/@{attribute}", clause, attribute);
        }

        if (shaped.Children is { } children)
        {
            CheckChildren(element, shaped, children);
        }
        else if (element.Elements.FirstOrDefault() is { } child)
        {
            findings.Error("PKG-113", file, child.Path, clause, "", child.LocalName);
        }
        else
        {
            CheckValue(element, shaped);
        }
    }

    private void CheckChildren(MarkupElement element, ElementShape shaped, IReadOnlyList<ShapeChild> children)
    {
        var seen = new int[children.Count];
        var last = 0;
        foreach (var child in element.Elements)
        {
            var place = Find(children, child);
            if (place < 0)
            {
                if (!shaped.IsOpen)
                {
                    findings.Error("PKG-113", file, child.Path, clause, string.Join(' ', children.Select(c => c.Name)), child.LocalName);
                }

                continue;
            }

            if (++seen[place] == 2 && !children[place].IsRepeatable)
            {
                findings.Error("PKG-114", file, child.Path, clause, "1", child.LocalName);
            }

            if (place < last && !shaped.IsOpen)
            {
                findings.Error("PKG-115", file, child.Path, clause, string.Join(' ', children.Select(c => c.Name)), child.LocalName);
            }

            last = Math.Max(last, place);
            Check(child, shape.Of(child.LocalName));
        }

        for (var i = 0; i < seen.Length; i++)
        {
            if (seen[i] == 0 && children[i].IsMandatory)
            {
                findings.Error("PKG-111", file, element.Path, clause, Named(children[i].Name));
            }
        }

        if (!shaped.IsMixed && !string.IsNullOrWhiteSpace(element.Value))
        {
            findings.Error("PKG-116", file, element.Path, clause, "", element.Value.Trim());
        }
    }

    private int Find(IReadOnlyList<ShapeChild> children, MarkupElement child)
    {
        for (var i = 0; i < children.Count; i++)
        {
            if (children[i].Name == child.LocalName && child.Namespace == space)
            {
                return i;
            }
        }

        return -1;
    }

    private void CheckValue(MarkupElement element, ElementShape shaped)
    {
        var value = element.Value;
        if (string.IsNullOrWhiteSpace(value))
        {
            // What a sink took, or will be written, was not empty for its being absent here.
            if (!shaped.MayBeEmpty && element.Sink is null && element.LongText is null && IsMandatory(element))
            {
                findings.Error("PKG-112", file, element.Path, clause, Named(element.LocalName));
            }

            return;
        }

        if (shaped.Kind != ShapeKind.Base64)
        {
            CheckCharacters(element, value);
        }

        if (shaped.List is { } list && list.Refuses(value))
        {
            findings.Error("PKG-123", file, element.Path, "article-15", list.ToString(), value);
        }
        else if (!Fits(shaped, value))
        {
            var (code, expected) = shaped.Kind switch
            {
                ShapeKind.Number => ("PKG-119", "integer"),
                ShapeKind.Day => ("PKG-120", "day"),
                ShapeKind.Year => ("PKG-120", "year"),
                ShapeKind.Time => ("PKG-121", "zoned-time"),
                ShapeKind.Clock => ("PKG-121", "clock-time"),
                _ => ("PKG-122", shaped.List?.ToString() ?? ""),
            };
            findings.Error(code, file, element.Path, clause, expected, value);
        }
    }

    /// <summary>An element with its number in DA/T 46, where the document is of those elements.</summary>
    private string Named(string name) =>
        clause is "reading-dat46" or "reading-dat48" && RecordElements.Find(name) is { } element ? element.ToString() : name;

    private bool IsMandatory(MarkupElement element) =>
        element.Parent is not { } parent || shape.Of(parent.LocalName).Children?.Any(c => c.Name == element.LocalName && c.IsMandatory) == true;

    private static bool Fits(ElementShape shaped, string value) => shaped.Kind switch
    {
        ShapeKind.Number => ReadNumber(value) is not null,
        ShapeKind.Day => ReadDay(value) is not null,
        ShapeKind.Year => value.Length == 4 && ReadNumber(value) is > 0,
        ShapeKind.Time => DateTimeOffset.TryParseExact(value.EndsWith('Z') ? value[..^1] + "+00:00" : value, Times, CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
        ShapeKind.Clock => DateTime.TryParseExact(value, "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
        ShapeKind.Code => shaped.List!.Find(value) is not null,
        _ => true,
    };

    /// <summary>Characters that no description may hold: controls, private ones, those of no meaning (DA/T 70 group 1-2).</summary>
    private void CheckCharacters(MarkupElement element, string value)
    {
        if (value.Length > MostCharacters)
        {
            findings.Error("PKG-125", file, element.Path, "group-1-2", MostCharacters.ToString(CultureInfo.InvariantCulture), value.Length.ToString(CultureInfo.InvariantCulture));
        }

        foreach (var character in value.EnumerateRunes())
        {
            var isBad = character.Value is 0xFFFD or (not ('\n' or '\t') and < 0x20)
                || Rune.GetUnicodeCategory(character) is UnicodeCategory.Control or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned && character.Value is not ('\n' or '\t');
            if (isBad)
            {
                findings.Error("PKG-124", file, element.Path, "group-1-2", "", string.Create(CultureInfo.InvariantCulture, $"U+{character.Value:X4}"));
                return;
            }
        }
    }
}
