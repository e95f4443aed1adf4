using System.Text;
using Lantai.RecordsManagement;
using Lantai.Words;

namespace Lantai.Tests.RecordsManagement;

public sealed class CompletionListTests : IDisposable
{
    private const string Head = "业务流水号,机构,事项编码,办结时间,联办标识,联办角色,协办方,备注\n";

    private readonly TestOffice _office = new();

    public CompletionListTests() => _office.Register(CaseSketch.Source);

    [Fact]
    public void A_CSV_list_is_taken_row_by_row_with_columns_in_any_order()
    {
        var outcome = Take("d.csv", "completed,item,agency,number\r\n2025-05-10T09:30:00+08:00,I01,A01,1\r\n2025-05-10 10:00:00,I01,A01,2\r\n");

        Assert.Equal((2L, 0L, 0L), (outcome.Taken, outcome.Known, outcome.Refused));
        Assert.Equal((CaseCodes.OffsetAssumed, "1"), (Assert.Single(outcome.Findings).Code, outcome.Findings[0].Arguments[0].Value));
        Assert.Equal(new DateTimeOffset(2025, 5, 10, 2, 0, 0, TimeSpan.Zero), _office.Case("2").Completed.Moment);
    }

    [Fact]
    public void The_same_rows_as_CSV_in_GB18030_as_JSON_and_as_XML_are_the_same_notices()
    {
        var gb = CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!;
        const string Row = "许2025-1,A01,I01,2025-05-10T09:30:00+08:00,U7,主办,A02:I02；A03,无\n";
        Assert.Equal(1, Take("d.csv", gb.GetBytes(Head + Row)).Taken);

        var json = Take("d.json", """{"notices":[{"业务流水号":"许2025-1","agency":"A01","item":"I01","completed":"2025-05-10T09:30:00+08:00","joint":"U7","role":"lead","participants":["A02:I02","A03"]}]}""");
        var xml = Take("d.xml", "<?xml version=\"1.0\" encoding=\"UTF-8\"?><list><办件><业务流水号>许2025-1</业务流水号><agency>A01</agency><item>I01</item><办结时间>2025-05-10T09:30:00+08:00</办结时间><joint>U7</joint><role>主办</role></办件></list>");

        Assert.Equal((1L, 1L), (json.Known, xml.Known));
        Assert.Equal([("A01", "I01"), ("A02", "I02"), ("A03", "I01")], _office.Office.Cases.PartsOf("U7").Select(p => (p.Agency, p.Item)));
    }

    [Fact]
    public void Every_row_that_cannot_be_read_is_told_with_its_place_and_the_others_are_taken()
    {
        var outcome = Take("d.csv", Head + "1,A01,I01,2025-05-10,,,,\n2,A01,I01,2025-05-10 09:30:00,U1,领办,,\n,A01,I01,2025-05-10 09:30:00,,,,\n4,A01,I01,2025-05-10 09:30:00,,,,\n");

        Assert.Equal(
            [("CAS-004", "d.csv A2"), ("CAS-003", "d.csv A3"), ("CAS-003", "d.csv A4")],
            outcome.Findings.Where(f => f.Severity == Severity.Error).Select(f => (f.Code, f.Subject)));
        Assert.Equal((1L, 3L), (outcome.Taken, outcome.Refused));
    }

    [Fact]
    public void A_channel_is_read_in_both_languages_and_another_word_is_told()
    {
        string[] cells = ["在线,,J001", "offline,line cut,", "离线,line cut,", "online,,", ",,", "post,,"];
        var outcome = Take("d.csv", "number,agency,item,completed,归档方式,离线理由,fonds\n" + string.Concat(cells.Select((c, i) => $"{i},A01,I01,2025-05-10T09:30:00+08:00,{c}\n")));

        var told = Assert.Single(outcome.Findings, f => f.Severity == Severity.Error);
        Assert.Equal(("channel", "post"), (told.Arguments[0].Value, told.Arguments[1].Value));
        Assert.Equal(
            [SourceChannel.Online, SourceChannel.Offline, SourceChannel.Offline, SourceChannel.Online, SourceChannel.Online],
            Enumerable.Range(0, 5).Select(i => _office.Case($"{i}").Channel));
        Assert.Equal("J001", _office.Case("0").Fonds);
    }

    [Fact]
    public void A_list_without_a_column_or_with_one_twice_says_which_and_takes_nothing()
    {
        var outcome = Take("d.csv", "number,业务流水号,agency\n1,1,A01\n");
        var empty = Take("e.csv", "");

        Assert.Equal(["item", "completed", "number"], outcome.Findings.Select(f => f.Arguments[0].Value));
        Assert.All(outcome.Findings, f => Assert.Equal(CaseCodes.Column, f.Code));
        Assert.Equal(4, empty.Findings.Count(f => f.Code == CaseCodes.Column));
        Assert.Equal(0, _office.Office.Cases.Count);
    }

    [Theory]
    [InlineData("d.xml", "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><a><b><number>&x;</number></b></a>", "xml")]
    [InlineData("d.xml", "<a><b><number>1</number>", "xml")]
    [InlineData("d.xml", "<a><b><c><d><e><f><g><h><i/></h></g></f></e></d></c></b></a>", "deep")]
    [InlineData("d.xml", "<a><b><number>1</number><业务流水号>2</业务流水号></b></a>", "twice")]
    [InlineData("d.xml", "<?xml version=\"1.0\" encoding=\"no-such\"?><a/>", "xml")]
    [InlineData("d.xml", "", "xml")]
    [InlineData("d.json", "{\"notices\":[", "json")]
    [InlineData("d.json", "{\"a\":1,\"a\":2}", "json")]
    [InlineData("d.json", "[[[[[[[[[[1]]]]]]]]]]", "json")]
    [InlineData("d.json", "[{\"number\":\"\\ud800\",\"agency\":\"A01\",\"item\":\"I01\",\"completed\":\"2025-05-10T09:30:00+08:00\"}]", "json")]
    [InlineData("d.json", "{\"notices\":1}", "array")]
    [InlineData("d.json", "[1]", "object")]
    [InlineData("d.json", "[{\"number\":\"1\",\"业务流水号\":\"2\"}]", "twice")]
    public void What_is_no_list_is_a_finding_with_its_place(string name, string text, string fault)
    {
        var outcome = Take(name, text);

        Assert.Contains(outcome.Findings, f => f.Code == CaseCodes.List && f.Arguments.Any(a => a is { Key: "listfault" } && a.Value == fault) && f.Arguments[0].Value.Length > 0);
        Assert.Equal(0, outcome.Taken);
    }

    [Theory]
    [InlineData("d.json", """[{"number":"1","业务流水号":"2","agency":"A01","item":"I01","completed":"2025-05-10T09:30:00+08:00"},7,{"number":"3","agency":"A01","item":"I01","completed":"2025-05-10T09:30:00+08:00"}]""", 2)]
    [InlineData("d.xml", "<a><b><number>1</number><业务流水号>2</业务流水号><agency>A01</agency><item>I01</item><completed>2025-05-10T09:30:00+08:00</completed></b><b><number>3</number><agency>A01</agency><item>I01</item><completed>2025-05-10T09:30:00+08:00</completed></b></a>", 1)]
    public void A_row_that_says_two_things_or_is_none_is_refused_and_the_others_are_taken(string name, string text, int refused)
    {
        var outcome = Take(name, text);

        Assert.Equal((1L, refused), (outcome.Taken, outcome.Refused));
        Assert.Equal(refused, outcome.Findings.Count(f => f.Code == CaseCodes.List && f.Arguments[0].Value.Length > 1));
        Assert.Null(_office.Office.Cases.Find(CaseSketch.Source, "1"));
        Assert.NotNull(_office.Office.Cases.Find(CaseSketch.Source, "3"));
    }

    [Theory]
    [InlineData("d.xml", "<a>", "<r/>", "</a>")]
    [InlineData("d.csv", "number,agency,item,completed\n", "1,A01,I01,yesterday\n", "")]
    public void Of_thousands_of_bad_rows_some_are_listed_and_all_are_counted(string name, string head, string row, string end)
    {
        var outcome = Take(name, head + string.Concat(Enumerable.Repeat(row, 5000)) + end);

        Assert.Equal(5000, outcome.Refused);
        Assert.Equal(2000, outcome.Findings.Count(f => f.Code == CaseCodes.Time));
        Assert.Equal(("CAS-027", Severity.Error, "3000"), outcome.Findings.Where(f => f.Code == "CAS-027").Select(f => (f.Code, f.Severity, f.Arguments[0].Value)).Single());
    }

    [Fact]
    public void A_field_of_endless_text_is_not_held()
    {
        var bytes = Encoding.UTF8.GetBytes("<a><b><number>" + new string('x', 32 << 20) + "</number></b></a>");
        var before = GC.GetAllocatedBytesForCurrentThread();

        var outcome = Take("d.xml", bytes);

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 16 << 20);
        Assert.Equal(1, outcome.Refused);
    }

    [Fact]
    public void Leads_that_declare_more_parts_than_one_event_holds_are_all_taken()
    {
        var text = new StringBuilder(Head);
        for (var i = 0; i < 600; i++)
        {
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"N{i},A01,I01,2025-05-10T09:30:00+08:00,U{i},主办,A02；A03,\n");
        }

        var outcome = Take("d.csv", text.ToString());

        Assert.Empty(outcome.Findings);
        Assert.Equal((600L, 0L), (outcome.Taken, outcome.Refused));
        Assert.Equal(1800, _office.Office.Cases.Count);
        _office.AssertRebuilds();
    }

    [Fact]
    public void A_list_of_thousands_is_taken_in_events_of_a_thousand_and_changes_nothing_the_second_time()
    {
        var text = new StringBuilder(Head);
        for (var i = 0; i < 2500; i++)
        {
            text.Append('N').Append(i).Append(",A01,I01,2025-05-10T09:30:00+08:00,,,,\n");
        }

        var size = _office.Vault.Ledger.Size;
        var first = Take("d.csv", text.ToString());
        var events = _office.Vault.ReadEvents(size).Count(e => e.Leaf.Type == RecordsEvents.CasesCompleted);
        var again = Take("d.csv", text.ToString());

        Assert.Equal((2500L, 3), (first.Taken, events));
        Assert.Equal((0L, 2500L), (again.Taken, again.Known));
        Assert.Equal(100, again.Findings.Count);
        Assert.Null(CompletionList.Open(Stream.Null, "d.txt"));
        _office.AssertRebuilds();
    }

    public void Dispose() => _office.Dispose();

    private NoticeOutcome Take(string name, string text) => Take(name, Encoding.UTF8.GetBytes(text));

    private NoticeOutcome Take(string name, byte[] bytes) =>
        _office.Office.Cases.NotifyAll(CaseSketch.Source, CompletionList.Open(new MemoryStream(bytes), name)!, TestOffice.Clerk, TestContext.Current.CancellationToken);
}
