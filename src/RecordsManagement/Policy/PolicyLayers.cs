namespace Lantai.RecordsManagement;

/// <summary>Lays overlays over the national values.</summary>
internal static class PolicyLayers
{
    /// <summary>The values of a place: the national ones with its overlays, from the whole country down. Nothing becomes weaker, whatever an overlay says.</summary>
    public static PolicyValues Lay(PolicyValues values, IEnumerable<PolicyOverlay> overlays)
    {
        foreach (var overlay in overlays)
        {
            values = Lay(values, overlay);
        }

        return values;
    }

    /// <summary>The values of a group, the weightiest first, as an overlay would make them.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> Group(PolicyValues values, string group, PolicyOverlay overlay) =>
        [.. Members(values, group).Select(m => overlay.Values.FirstOrDefault(v => v.Key == m.Key)?.Values ?? m.Values)];

    /// <summary>The members of a group, the weightiest first.</summary>
    public static IReadOnlyList<PolicyValue> Members(PolicyValues values, string group) => [.. values.InOrder.Where(v => v.Group == group)];

    private static PolicyValues Lay(PolicyValues values, PolicyOverlay overlay)
    {
        var said = overlay.Values.ToDictionary(v => v.Key, StringComparer.Ordinal);
        return new PolicyValues([.. values.InOrder.Select(above =>
            !said.TryGetValue(above.Key, out var own) || !PolicyOrder.HasForm(above, own.Values) || (above.Group is { } group && IsGroupWeaker(values, group, overlay))
                ? above
                : Tightened(above, own, overlay.Name))]);
    }

    private static PolicyValue Tightened(PolicyValue above, OverlayValue own, string layer)
    {
        var both = above.Group is null ? PolicyOrder.Both(above, own.Values) : own.Values;
        return both.SequenceEqual(above.Values) ? above : above with { Values = both, Basis = own.Basis, Layer = layer };
    }

    private static bool IsGroupWeaker(PolicyValues values, string group, PolicyOverlay overlay)
    {
        var (members, whole) = (Members(values, group), Group(values, group, overlay));
        return !members.Zip(whole, PolicyOrder.HasForm).All(hasForm => hasForm) || PolicyOrder.IsWeaker(members, whole);
    }
}
