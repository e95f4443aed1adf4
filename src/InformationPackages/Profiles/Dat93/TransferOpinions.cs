using Lantai.InformationPackages.Xml;

namespace Lantai.InformationPackages;

/// <summary>
/// 开放利用意见: the opinion on the opening of each record, which goes with the transfer (国办发〔2023〕26号, article 12). File and
/// elements are ours.
/// </summary>
internal sealed class TransferOpinions(TransferPackage package, PackageFindings findings)
{
    private const string Opinions = TransferPackage.OpinionsName;
    private const string Rule = "article-12";

    internal void Check()
    {
        if (package.Tree.Find(Opinions) is null)
        {
            findings.Error("PKG-130", Opinions, "", Rule);
            return;
        }

        if (package.Documents.GetValueOrDefault(Opinions) is not { } document
            || !new ShapeCheck(findings, Opinions, Dat93Profile.Shapes["开放利用意见表"], "", Rule).Check(document.Root))
        {
            return;
        }

        var rows = package.Items.ToLookup(i => i.ReferenceCode, StringComparer.Ordinal);
        var given = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var opinion in document.Root.All("意见"))
        {
            var code = opinion.First("档号");
            if (code is not null && (!rows.Contains(code.Value) || given.GetValueOrDefault(code.Value) >= rows[code.Value].Count()))
            {
                findings.Error("PKG-154", Opinions, code.Path, Rule, "", code.Value);
            }

            given[code?.Value ?? ""] = given.GetValueOrDefault(code?.Value ?? "") + 1;
            CheckOpinion(opinion, code?.Value ?? "");
        }

        foreach (var item in package.Items.Where(i => i.ReferenceCode.Length > 0 && !given.ContainsKey(i.ReferenceCode)))
        {
            findings.Error("PKG-152", TransferPackage.CatalogueName, (item.Row.First("档号") ?? item.Row).Path, Rule, item.ReferenceCode);
        }
    }

    private void CheckOpinion(MarkupElement opinion, string code)
    {
        if (opinion.First("开放利用意见")?.Value == "控制" && opinion.First("理由代码") is { } reason && string.IsNullOrWhiteSpace(reason.Value))
        {
            findings.Error("PKG-153", Opinions, reason.Path, Rule);
        }

        if (opinion.First("年度") is { Value.Length: 4 } year && TransferItemsCheck.Split(code) is { } parts && parts.Groups["year"].Value != year.Value)
        {
            findings.Error("PKG-143", Opinions, year.Path, "reading-dat13", parts.Groups["year"].Value, year.Value);
        }
    }
}
