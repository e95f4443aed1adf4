using System.Globalization;
using System.Text.Json.Nodes;
using Lantai.Characterization;
using Lantai.Characterization.Identification;
using Lantai.Cli.Output;
using Lantai.Words;

namespace Lantai.Cli.Commands.Formats;

/// <summary>
/// What identified files look like to people: a line for each, its format first and what is odd about it below, and at the
/// end how many there are of each format. To programs: a list.
/// </summary>
internal sealed class IdentifiedFiles(Report report, bool showsAll) : IDisposable
{
    private const int FormatWidth = 38;
    private const int IdWidth = 12;
    private const int BarWidth = 24;

    private readonly SortedDictionary<string, (FileFormat? Format, long Files, long Bytes)> _formats = new(StringComparer.Ordinal);
    private readonly BatchAnswers? _answers = report.IsJson ? new BatchAnswers(0) : null;
    private long _files;
    private long _bytes;
    private long _odd;
    private bool _hasHeader;

    /// <summary>Whether a file is something else than it seems, or encrypted, active or broken, or not known.</summary>
    public bool HasFindings => _odd > 0;

    /// <summary>Whether a file could not be read.</summary>
    public bool HasTrouble { get; private set; }

    public void Add(IdentifiedFile file)
    {
        if (file.Character is not { } character)
        {
            HasTrouble = true;
            report.Tell(file.Trouble!);
            return;
        }

        _files++;
        _bytes += file.Length;
        report.Progress.Report(_files, _bytes, null, null, null, file.Name.Display);
        var best = character.Identification.Best;
        var key = best?.Format.Id ?? "";
        var (_, files, bytes) = _formats.GetValueOrDefault(key);
        _formats[key] = (best?.Format, files + 1, bytes + file.Length);
        var findings = character.Findings(file.Name.Display).Where(f => f.Severity >= Severity.Warning).ToList();
        _odd += findings.Count > 0 ? 1 : 0;
        if (report.IsJson)
        {
            _answers!.Append(FormatJson.Of(file, character, report.Speech));
        }
        else if (showsAll)
        {
            var others = character.Identification.Candidates.Where(c => c != best && c.Basis <= IdentificationBasis.Signature).Select(c => $"{NameOf(c.Format)} ({c.Format.Id})").ToList();
            Show(file, best, others, findings);
        }
    }

    public void Dispose() => _answers?.Dispose();

    public void Conclude(FormatRegistry registry, TimeSpan time)
    {
        report.Progress.Clear();
        report.SetLong("files", _answers?.InOrder() ?? []);
        report.Set("count", _files);
        report.Set("bytes", _bytes);
        report.Set("seconds", Math.Round(time.TotalSeconds, 3));
        report.Set("formats", new JsonArray([.. _formats.OrderByDescending(f => f.Value.Files).Select(f => (JsonNode)new JsonObject
        {
            ["id"] = f.Key.Length > 0 ? f.Key : null, ["name"] = f.Value.Format?.NameWithVersion, ["files"] = f.Value.Files, ["bytes"] = f.Value.Bytes,
        })]));
        if (_files == 0)
        {
            report.Say("identify.none");
            return;
        }

        report.Write("");
        var most = _formats.Values.Max(f => f.Files);
        foreach (var (id, (format, files, bytes)) in _formats.OrderByDescending(f => f.Value.Files).ThenBy(f => f.Key, StringComparer.Ordinal))
        {
            var bar = new string('█', (int)Math.Max(1, files * BarWidth / most));
            var share = (100.0 * files / _files).ToString("0.0", CultureInfo.InvariantCulture) + " %";
            report.Write($"{Amounts.Column(NameOf(format), FormatWidth)}  {Amounts.Pad(id, IdWidth)}  {Amounts.Pad(bar, BarWidth)}  {Amounts.Count(files),9}  {share,7}  {Amounts.Bytes(bytes),10}");
        }

        report.Write("");
        report.Say("identify.total", ("files", Amounts.Count(_files)), ("bytes", Amounts.Bytes(_bytes)), ("formats", Amounts.Count(_formats.Count)),
            ("odd", Amounts.Count(_odd)), ("seconds", time.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture)),
            ("rate", Amounts.Count((long)(_files / Math.Max(time.TotalSeconds, 0.001)))), ("registry", registry.Source));
    }

    private void Show(IdentifiedFile file, FormatCandidate? best, List<string> others, List<Finding> findings)
    {
        if (!_hasHeader)
        {
            _hasHeader = true;
            report.Write($"  {Amounts.Column(report.Speech.Say("column.format"), FormatWidth)}  {Amounts.Pad("PUID", IdWidth)}  {Amounts.Pad(report.Speech.Say("column.basis"), 12)}  {report.Speech.Say("column.file")}");
        }

        var basis = best is null ? "" : report.Speech.Say("basis." + best.Basis.ToString().ToLowerInvariant());
        report.Write($"{(findings.Count > 0 ? "!" : " ")} {Amounts.Column(NameOf(best?.Format), FormatWidth)}  {Amounts.Pad(best?.Format.Id ?? "", IdWidth)}  {Amounts.Pad(basis, 12)}  {Amounts.Harmless(file.Name.Display)}");
        if (others.Count > 0)
        {
            report.Write($"    {report.Speech.Say("identify.others", ("formats", string.Join(", ", others)))}");
        }

        foreach (var finding in findings)
        {
            report.Write($"    {finding.Code}  {Amounts.Harmless(report.Speech.Say(finding))}");
        }
    }

    private string NameOf(FileFormat? format) => format is null ? report.Speech.Say("format.unknown")
        : report.Speech.Language == Language.Chinese && format.ChineseName is { } chinese ? chinese
        : format.NameWithVersion;
}
