using Lantai.DataManagement;
using Lantai.Words;

namespace Lantai.RecordsManagement;

/// <summary>What a service item must be to stand in the catalogue.</summary>
internal static class ItemRules
{
    private const int MostJoint = 1000;

    /// <summary>All that is wrong with an item.</summary>
    public static IEnumerable<Finding> Check(IDocumentReader views, ServiceItem item, string subject, DateOnly today)
    {
        if (!ServiceItem.IsCode(item.Code))
        {
            yield return Finding.Error("CAT-002", subject, ("value", Entry.Shown(item.Code)));
        }

        foreach (var finding in Texts(subject, item).Concat(OrganisationRegister.Check(views, subject, item.Agency, OrganisationType.Agency)).Concat(Type(views, subject, item, today)))
        {
            yield return finding;
        }

        foreach (var step in item.Steps.Where((s, i) => !ProcessSteps.All.Contains(s) || item.Steps.Take(i).Contains(s)).Take(ProcessSteps.All.Count))
        {
            yield return Finding.Error("CAT-004", subject, ("value", Entry.Shown(step)), ("expected", string.Join(' ', ProcessSteps.All)));
        }

        foreach (var other in item.JointWith.Where(j => !ServiceItem.IsCode(j) || j == item.Code).Take(MostJoint))
        {
            yield return Finding.Error("CAT-005", subject, ("value", Entry.Shown(other)));
        }

        if (item.From > item.Until)
        {
            yield return Finding.Error("CAT-007", subject, ("from", Entry.Day(item.From)!), ("until", Entry.Day(item.Until)!));
        }
    }

    private static IEnumerable<Finding> Texts(string subject, ServiceItem item)
    {
        List<Finding> findings =
        [
            .. Entry.Check(subject, "version", item.Version, ServiceItem.CodeLength),
            .. Entry.Check(subject, "name", item.Name, Entry.ReasonLength),
            .. item.PaperCitation is { } citation && string.IsNullOrWhiteSpace(citation)
                ? [Finding.Error("CAT-003", subject)]
                : Entry.Check(subject, "paper", item.PaperCitation, Entry.ReasonLength, isRequired: false),
        ];
        if (item.JointWith.Count > MostJoint)
        {
            findings.Add(Finding.Error("REC-003", subject, ("field", "joint"), ("length", item.JointWith.Count), ("most", MostJoint)));
        }

        return findings;
    }

    private static IEnumerable<Finding> Type(IDocumentReader views, string subject, ServiceItem item, DateOnly today)
    {
        var region = OrganisationRegister.Find(views, item.Agency ?? "")?.Region.ToString();
        var takesMore = PolicyRegister.For(views, region, item.Agency, today).Text(PolicyKeys.ItemsByReference) == "on";
        var types = ServiceItemType.All.Where(t => takesMore || t.Scope != ServiceItemScope.ByReference).ToList();
        return types.Any(t => t.Name == item.Type)
            ? []
            : [Finding.Error("CAT-001", subject, ("value", Entry.Shown(item.Type)), ("expected", string.Join(' ', types.Select(t => t.Name))))];
    }
}
