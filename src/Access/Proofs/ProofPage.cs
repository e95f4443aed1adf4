using System.Globalization;
using System.Net;
using System.Text;
using Lantai.StoreFormat;
using Lantai.Words;

namespace Lantai.Access.Proofs;

/// <summary>
/// The page for people: what is proven, by whom, how to check and what is not proven, in Chinese and English side by
/// side. One file without scripts, pictures or links to elsewhere; whatever comes from outside is escaped.
/// </summary>
internal sealed class ProofPage(AipVersion version, Survey survey, ProofFile proof, long sequence, string packageName)
{
    private const string Style = """
        body{font-family:"Noto Sans CJK SC","Microsoft YaHei","PingFang SC",Georgia,sans-serif;max-width:72rem;margin:2rem auto;padding:0 1rem;color:#1b1b1b;background:#fdfcf9;line-height:1.55}
        h1{font-size:1.6rem;border-bottom:3px double #8a2b1d;padding-bottom:.5rem}h2{font-size:1.1rem;color:#8a2b1d;margin:1.4rem 0 .4rem}
        .two{display:grid;grid-template-columns:1fr 1fr;gap:0 2rem}table{border-collapse:collapse;width:100%;margin:.5rem 0}
        th,td{border:1px solid #d8d2c4;padding:.3rem .5rem;text-align:left;vertical-align:top}th{font-weight:600;width:16rem;background:#f5f1e6}
        code,td.n{font-family:"DejaVu Sans Mono",Consolas,monospace;font-size:.85rem;overflow-wrap:anywhere}
        @media(max-width:48rem){.two{grid-template-columns:1fr}}@media print{body{background:#fff;margin:0}}
        """;

    private static readonly Phrases Texts = new(typeof(ProofPage).Assembly);

    private readonly StringBuilder _html = new();

    public byte[] ToBytes()
    {
        _ = _html.Append("<!DOCTYPE html>\n<html lang=\"zh\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>")
            .Append(Say(Language.Chinese, "dip.title")).Append(" · ").Append(Say(Language.English, "dip.title"))
            .Append("</title><style>").Append(Style).Append("</style></head><body>\n<h1>")
            .Append(Say(Language.Chinese, "dip.title")).Append(" · <span lang=\"en\">").Append(Say(Language.English, "dip.title")).Append("</span></h1>\n");
        var scope = survey.Scope == ProofScope.Complete ? "dip.proven.complete" : "dip.proven.partial";
        Section("dip.proven", [scope, "dip.proven.time"]);
        Facts();
        Section("dip.check", ["dip.check.key"]);
        Commands();
        Section("dip.check.after", ["dip.check.after.text"]);
        Section("dip.not", ["dip.not.others", "dip.not.key", "dip.not.page"]);
        FileList();
        return Encoding.UTF8.GetBytes(_html.Append("</body></html>\n").ToString());
    }

    private void Section(string title, IReadOnlyList<string> paragraphs)
    {
        _ = _html.Append("<div class=\"two\">");
        foreach (var language in (Language[])[Language.Chinese, Language.English])
        {
            _ = _html.Append(language == Language.Chinese ? "<div lang=\"zh\">" : "<div lang=\"en\">")
                .Append("<h2>").Append(Say(language, title)).Append("</h2>");
            foreach (var paragraph in paragraphs)
            {
                _ = _html.Append("<p>").Append(Say(language, paragraph)).Append("</p>");
            }

            _ = _html.Append("</div>");
        }

        _ = _html.Append("</div>\n");
    }

    private void Facts()
    {
        var evidence = proof.Evidence;
        _ = _html.Append("<table>\n");
        Fact("dip.fact.origin", proof.Origin);
        Fact("dip.fact.key", evidence.VerifierKey);
        Fact("dip.fact.aip", version.Manifest.Aip.ToString("D"));
        Fact("dip.fact.version", Number(version.Manifest.Version));
        Fact("dip.fact.kept", EventRecord.TryRead(evidence.RecordJson, out var record) ? StoreTime.Write(record.Time) : "");
        Fact("dip.fact.issued", StoreTime.Write(proof.Issued));
        Fact("dip.fact.files", Number(survey.Files));
        Fact("dip.fact.bytes", Number(survey.Bytes));
        Fact("dip.fact.entriesRoot", version.Manifest.EntriesRoot.ToString());
        Fact("dip.fact.manifest", Digest.Of(proof.Manifest).ToString());
        Fact("dip.fact.sequence", Number(sequence));
        Fact("dip.fact.leaf", evidence.Leaf);
        Fact("dip.fact.checkpoint", evidence.Checkpoint);
        _ = _html.Append("</table>\n");
    }

    private void Fact(string key, string value) => _html
        .Append("<tr><th>").Append(Say(Language.Chinese, key)).Append("<br><span lang=\"en\">").Append(Say(Language.English, key))
        .Append("</span></th><td class=\"n\">").Append(Escape(value).Replace("\n", "<br>", StringComparison.Ordinal)).Append("</td></tr>\n");

    private void Commands() => _html
        .Append("<p><code>lantai dip verify ").Append(Escape(packageName)).Append(" --key KEY</code><br><code>python3 lantai-read.py proof ")
        .Append(Escape(packageName)).Append(" --key KEY</code></p>\n");

    private void FileList()
    {
        Section("dip.list", []);
        _ = _html.Append("<table>\n");
        foreach (var entry in survey.First)
        {
            _ = _html.Append("<tr><td>").Append(Escape(entry.Name.Display)).Append("</td><td class=\"n\">")
                .Append(entry.Content is { } content ? content.ToString() : "").Append("</td><td class=\"n\">")
                .Append(entry.Kind == EntryKind.File ? Number(entry.Length) : "").Append("</td></tr>\n");
        }

        _ = _html.Append("</table>\n");
        if (survey.Entries > survey.First.Count)
        {
            Section("dip.list.more", ["dip.list.more.text"]);
        }
    }

    private string Say(Language language, string key) => Escape(Texts.Say(
        language, key, ("shown", survey.First.Count), ("entries", survey.Entries), ("files", survey.Files)));

    // Also control and direction characters: a name must not reorder the page around it.
    private static string Escape(string text)
    {
        var isPlain = true;
        foreach (var rune in text.EnumerateRunes())
        {
            isPlain &= !IsHidden(rune);
        }

        if (isPlain)
        {
            return WebUtility.HtmlEncode(text);
        }

        var visible = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            _ = IsHidden(rune)
                ? visible.Append(CultureInfo.InvariantCulture, $"\\u{{{rune.Value:X}}}")
                : visible.Append(rune.ToString());
        }

        return WebUtility.HtmlEncode(visible.ToString());
    }

    private static bool IsHidden(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format && rune.Value != '\n';

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
