using System.Text;
using Lantai.InformationPackages;
using Lantai.InformationPackages.Xml;
using Lantai.Tests.InformationPackages.Xml;

namespace Lantai.Tests.InformationPackages;

public sealed class ShapeCheckTests
{
    private const string Row = "<顺序号>1</顺序号><档号>A</档号><责任者>B</责任者><题名>C</题名><日期>2023-05-10</日期><保管期限>D30</保管期限><密级>公开</密级><页数/><备注/>";

    [Fact]
    public void A_document_of_its_shape_has_no_finding() => Assert.Empty(Check($"<文件目录><文件>{Row}</文件></文件目录>"));

    [Fact]
    public void Text_beside_elements_is_told() =>
        Assert.Equal(["PKG-116 x at=/文件目录/文件 expected= found=散文 clause=reading-dat93"], Check($"<文件目录><文件>散文{Row}</文件></文件目录>"));

    [Fact]
    public void A_value_too_long_is_told() =>
        Assert.Equal(["PKG-125 x at=/文件目录/文件/题名 expected=4000 found=4001 clause=group-1-2"], Check($"<文件目录><文件>{Row.Replace(">C<", $">{new string('长', 4001)}<", StringComparison.Ordinal)}</文件></文件目录>"));

    [Fact]
    public void An_element_of_another_namespace_is_unknown_and_the_own_one_missing() =>
        Assert.Equal(["PKG-113", "PKG-111"], Check($"<文件目录><文件>{Row.Replace("<题名>", "<题名 xmlns='urn:x'>", StringComparison.Ordinal)}</文件></文件目录>").Select(f => f[..7]));

    [Fact]
    public void An_element_in_a_value_is_told() => Assert.StartsWith("PKG-113 x at=/文件目录/文件/题名/b ", Assert.Single(Check($"<文件目录><文件>{Row.Replace(">C<", "><b/><", StringComparison.Ordinal)}</文件></文件目录>")), StringComparison.Ordinal);

    [Fact]
    public void All_faults_of_a_document_are_told() =>
        Assert.Equal(
            ["PKG-119", "PKG-120", "PKG-122", "PKG-123", "PKG-124"],
            Check($"<文件目录><文件>{Row.Replace(">1<", ">一<", StringComparison.Ordinal).Replace("05-10", "02-30", StringComparison.Ordinal).Replace("D30", "D", StringComparison.Ordinal).Replace("公开", "机密★10年", StringComparison.Ordinal).Replace("<备注/>", "<备注>\uE000</备注>", StringComparison.Ordinal)}</文件></文件目录>").Select(f => f[..7]));

    private static List<string> Check(string xml)
    {
        var findings = new PackageFindings("");
        var (document, faults) = MarkupReaderTests.Read(Encoding.UTF8.GetBytes(xml), new MarkupReading("x", MarkupEncoding.Utf8));
        Assert.Empty(faults);
        new ShapeCheck(findings, "x", MarkupShape.Load("dat93-shapes.json")["文件目录"], "", "reading-dat93").Check(document!.Root);
        return [.. findings.Close().Select(f => f.ToString())];
    }
}
