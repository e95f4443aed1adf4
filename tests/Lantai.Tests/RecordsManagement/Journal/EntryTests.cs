using Lantai.RecordsManagement;

namespace Lantai.Tests.RecordsManagement;

public sealed class EntryTests
{
    [Fact]
    public void A_text_that_is_cut_for_a_message_is_not_cut_within_a_letter() =>
        Assert.Equal(new string('a', 99) + "…", Entry.Shown(new string('a', 99) + "𠀀 and more"));

    [Fact]
    public void Half_a_letter_is_no_text_even_beside_a_replacement_character()
    {
        Assert.Equal(["REC-003"], Entry.Check("s", "name", "\uFFFD\uD800", Entry.NameLength).Select(f => f.Code));
        Assert.Equal(["REC-003"], Entry.Check("s", "name", "x\uDC00", Entry.NameLength).Select(f => f.Code));
        Assert.Empty(Entry.Check("s", "name", "\uFFFD𠀀", Entry.NameLength));
    }
}
