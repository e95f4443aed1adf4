using Lantai.DataManagement;
using Lantai.Words;

namespace Lantai.RecordsManagement;

/// <summary>What an overlay must be to be adopted.</summary>
internal static class PolicyRules
{
    private const int MostValues = 1000;

    /// <summary>All that is wrong with an overlay.</summary>
    public static IEnumerable<Finding> Check(IDocumentReader views, PolicyOverlay overlay, DateOnly today)
    {
        var subject = Entry.Shown(overlay.Name);
        foreach (var finding in Entry.Check(subject, "name", overlay.Name, Entry.NameLength).Concat(Place(views, subject, overlay)))
        {
            yield return finding;
        }

        if (overlay.From < today)
        {
            yield return Finding.Warning("POL-006", subject, ("from", Entry.Day(overlay.From)!));
        }

        if (overlay.Values.Count > MostValues)
        {
            yield return Finding.Error("REC-003", subject, ("field", "values"), ("length", overlay.Values.Count), ("most", MostValues));
            yield break;
        }

        var floor = Above(views, overlay);
        foreach (var finding in overlay.Values.SelectMany((value, i) => Value(floor, overlay, value, i)).Concat(Order(floor, overlay)))
        {
            yield return finding;
        }
    }

    /// <summary>What holds above the overlay on its first day: of an agency, all of its jurisdiction; of a jurisdiction, all that it lies in.</summary>
    private static PolicyValues Above(IDocumentReader views, PolicyOverlay overlay)
    {
        if (overlay.Agency is { } agency)
        {
            return PolicyRegister.For(views, OrganisationRegister.Find(views, agency)?.Region.ToString(), null, overlay.From);
        }

        var chain = RegionCode.TryParse(overlay.Region, out var region) ? region.Chain : [];
        return chain.Count > 1 ? PolicyRegister.For(views, chain[^2].ToString(), null, overlay.From) : PolicyValues.National;
    }

    private static IEnumerable<Finding> Place(IDocumentReader views, string subject, PolicyOverlay overlay)
    {
        if (overlay.Region is null == overlay.Agency is null)
        {
            return [Finding.Error("POL-005", subject)];
        }

        return overlay.Agency is { } agency ? OrganisationRegister.Check(views, subject, agency, Enum.GetValues<OrganisationType>())
            : RegionCode.TryParse(overlay.Region, out _) ? []
            : [Finding.Error("FON-001", subject, ("value", Entry.Shown(overlay.Region)))];
    }

    private static IEnumerable<Finding> Value(PolicyValues floor, PolicyOverlay overlay, OverlayValue value, int index)
    {
        var (subject, key) = (Entry.Shown(overlay.Name), Entry.Shown(value.Key));
        if (string.IsNullOrWhiteSpace(value.Basis.Document) || value.Basis.Document.Length > Entry.NameLength || value.Basis.Article.Length > Entry.NameLength)
        {
            yield return Finding.Error("POL-001", subject, ("key", key));
        }

        if (value.Basis.Confidence is not ("high" or "medium" or "low"))
        {
            yield return Finding.Error("POL-007", subject, ("key", key), ("value", Entry.Shown(value.Basis.Confidence)));
        }

        if (overlay.Values.Take(index).Any(v => v.Key == value.Key))
        {
            yield return Finding.Error("POL-004", subject, ("key", key));
        }

        if (floor.Find(value.Key) is not { } above)
        {
            yield return Finding.Error("POL-002", subject, ("key", key));
        }
        else if (!PolicyOrder.HasForm(above, value.Values))
        {
            yield return Finding.Error(
                "POL-003", subject, ("key", key), ("value", Entry.Shown(string.Join(' ', value.Values))), ("policy-kind", above.Kind), ("expected", Expected(above)));
        }
        else if (above.Group is null && PolicyOrder.IsWeaker(above, value.Values))
        {
            yield return Weaker(subject, above, string.Join(' ', value.Values));
        }
    }

    private static IEnumerable<Finding> Order(PolicyValues floor, PolicyOverlay overlay)
    {
        foreach (var group in overlay.Values.Select(v => floor.Find(v.Key)?.Group).OfType<string>().Distinct())
        {
            var (members, whole) = (PolicyLayers.Members(floor, group), PolicyLayers.Group(floor, group, overlay));
            if (!members.Zip(whole, PolicyOrder.HasForm).All(hasForm => hasForm))
            {
                continue; // was told, and cannot be compared
            }

            var text = string.Join('-', whole.Select(v => v[0]));
            if (PolicyOrder.IsWeaker(members, whole))
            {
                yield return Weaker(Entry.Shown(overlay.Name), members[0] with { Key = group, Values = [string.Join('-', members.Select(m => m.Values[0]))] }, text);
            }

            // A leap day is there in one year of four only.
            if (whole is [_, [var month], [var day]] && !DateOnly.TryParseExact($"2023-{month}-{day}", "yyyy-M-d", out _))
            {
                yield return Finding.Error("POL-008", Entry.Shown(overlay.Name), ("key", group), ("value", $"{month}-{day}"));
            }
        }
    }

    private static Finding Weaker(string subject, PolicyValue above, string value) => Finding.Error(
        "POL-010", subject, ("key", above.Key), ("value", Entry.Shown(value)), ("floor", string.Join(' ', above.Values)), ("policy-stricter", above.Stricter),
        ("document", above.Basis.Document), ("article", above.Basis.Article), ("layer", above.Layer));

    private static string Expected(PolicyValue key) => key.Kind is "number" or "numbers" ? $"{key.Least}…{key.Most}" : string.Join(' ', key.Choices);
}
