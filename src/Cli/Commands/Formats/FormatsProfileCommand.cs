using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Lantai.Characterization;
using Lantai.Characterization.Identification;
using Lantai.Characterization.Policy;
using Lantai.Characterization.Profile;
using Lantai.Cli.Output;

namespace Lantai.Cli.Commands.Formats;

/// <summary>Draws what the store holds, by risk, format, age and readability: on the terminal, as a page, as a table, as JSON.</summary>
internal sealed class FormatsProfileCommand : CliCommand
{
    private const int MostBars = 20;
    private const int BarWidth = 32;
    private const int LabelWidth = 38;

    private Option<string?> _html = null!;
    private Option<string?> _csv = null!;

    public override string Name => "formats profile";

    public override Task<int> RunAsync(CommandContext context)
    {
        var repository = context.Repository;
        var profile = Gather(repository.Aips.Formats(), FormatSource.Of(context));
        var report = context.Report;
        var (phrases, language) = (Speech.Phrases, report.Speech.Language);
        foreach (var chart in ProfileChart.Of(profile, phrases, language))
        {
            Draw(report, chart);
        }

        var unseen = repository.Aips.Totals().Files - profile.Files;
        report.Say("profile.drawn", ("files", Amounts.Count(profile.Files)), ("bytes", Amounts.Bytes(profile.Bytes)), ("unseen", Amounts.Count(unseen)));
        report.Set("unseen", unseen);
        using var json = new MemoryStream();
        ProfileJson.Write(profile, json, repository.Vault.Descriptor.Origin, context.World.Time.GetUtcNow());
        report.Set("profile", JsonNode.Parse(json.ToArray()));
        Save(context, _html, file => ProfilePage.Write(profile, file, phrases, language, repository.Vault.Descriptor.Origin, context.World.Time.GetUtcNow()));
        Save(context, _csv, file => ProfileCsv.Write(profile, file, withMark: true)); // spreadsheets take a table without the mark for a local encoding
        return Task.FromResult(context.Verdict);
    }

    protected override void Declare(Command command)
    {
        _html = Text(command, "--html", "FILE");
        _csv = Text(command, "--csv", "FILE");
    }

    private static FormatProfile Gather(IReadOnlyList<DataManagement.FormatSum> sums, FormatRegistry registry)
    {
        var profile = new FormatProfile();
        foreach (var sum in sums)
        {
            // A format that this registry does not know any more is still a format that was known.
            var format = sum.Format is not { } id ? null : registry.Find(id) ?? new FileFormat(id, id, null, null, [], [], FormatClass.Other);
            _ = Enum.TryParse<FormatVerdict>(sum.Verdict ?? nameof(FormatVerdict.Review), ignoreCase: true, out var verdict);
            _ = Enum.TryParse<Readability>(sum.Readability, ignoreCase: true, out var readability);
            profile.Add(format, verdict, readability, sum.Year == 0 ? null : sum.Year, sum.Files, sum.Bytes);
        }

        return profile;
    }

    private static void Draw(Report report, ProfileChart chart)
    {
        if (chart.Bars.Count == 0 || report.IsJson)
        {
            return;
        }

        report.Write(chart.Title);
        var most = chart.Bars.Max(b => b.Files);
        var all = chart.Bars.Sum(b => b.Files);
        foreach (var bar in chart.Bars.Take(MostBars))
        {
            var share = (100.0 * bar.Files / all).ToString("0.0", CultureInfo.InvariantCulture) + " %";
            report.Write($"  {Amounts.Column(bar.Label, LabelWidth)}  {Amounts.Pad(Segments(bar, most), BarWidth)}  {Amounts.Count(bar.Files),9}  {share,7}  {Amounts.Bytes(bar.Bytes),10}");
        }

        if (chart.Bars.Count > MostBars)
        {
            report.Say("profile.more", ("count", chart.Bars.Count - MostBars));
        }

        report.Write("");
    }

    // Archival is full, the rest thinner the greater the risk: it reads without colours too.
    private static string Segments(ProfileBar bar, long most)
    {
        const string Shades = "█▓▒░";
        var width = Math.Max(1, bar.Files * BarWidth / most);
        var (text, drawn, sum) = ("", 0L, 0L);
        for (var verdict = 0; verdict < bar.ByVerdict.Count; verdict++)
        {
            sum += bar.ByVerdict[verdict];
            var end = Math.Max(sum == bar.Files ? width : 0, sum * width / bar.Files);
            text += new string(Shades[Math.Min(verdict, Shades.Length - 1)], (int)Math.Max(0, end - drawn));
            drawn = Math.Max(drawn, end);
        }

        return text;
    }

    private static void Save(CommandContext context, Option<string?> option, Action<Stream> write)
    {
        if (context.Value(option) is not { Length: > 0 } said)
        {
            return;
        }

        var path = context.PathOf(said);
        using (var file = File.Create(path))
        {
            write(file);
        }

        context.Report.Say("profile.written", ("path", path));
    }
}
