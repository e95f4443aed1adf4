using Lantai.InformationPackages;

namespace Lantai.Tests.InformationPackages;

public sealed class RecordElementsTests
{
    [Fact]
    public void There_are_eighty_eight_elements_in_order()
    {
        Assert.Equal(Enumerable.Range(1, 88), RecordElements.All.Select(e => e.Number));
        Assert.Equal(88, RecordElements.All.Select(e => e.Chinese).Distinct().Count());
        Assert.Equal(("M22 题名", "title", 'M'), (RecordElements.All[21].ToString(), RecordElements.All[21].English, RecordElements.Find("题名")!.Obligation));
        Assert.All(RecordElements.All, e => Assert.Contains(e.Obligation, "MCO"));
        Assert.Equal(48, RecordElements.All.Count(e => e.Confidence == ReadingConfidence.Medium));
    }

    [Fact]
    public void What_is_mandatory_there_is_mandatory_in_an_encapsulated_record()
    {
        var shape = EepProfile.Shape;
        var wrong = RecordElements.All
            .Where(e => e.Obligation == 'M' && e.Chinese != "实体标识符") // each kind of entity names its own
            .Where(e => !Parents(shape).Any(p => p.Children!.Any(c => c.Name == e.Chinese && c.IsMandatory)))
            .ToList();

        Assert.Empty(wrong);
        Assert.DoesNotContain(RecordElements.All, e => e.Obligation == 'O' && e.Chinese is not ("电子签名" or "证书引证" or "签名人" or "签名时间") && Parents(shape).Any(p => p.Children!.Any(c => c.Name == e.Chinese && c.IsMandatory)));
    }

    private static IEnumerable<ElementShape> Parents(MarkupShape shape)
    {
        var (seen, open) = (new HashSet<string>(), new Stack<string>([shape.Root]));
        while (open.TryPop(out var name))
        {
            if (seen.Add(name) && shape.Of(name) is { Children: { } children } parent)
            {
                yield return parent;
                foreach (var child in children)
                {
                    open.Push(child.Name);
                }
            }
        }
    }
}
