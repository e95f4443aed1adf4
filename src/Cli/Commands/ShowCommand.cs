using System.CommandLine;
using System.Text.Json.Nodes;
using Lantai.ArchivalStorage;
using Lantai.Cli.Output;
using Lantai.DataManagement;
using Lantai.StoreFormat;
using Lantai.Words;

namespace Lantai.Cli.Commands;

/// <summary>Shows one package: what it is, its versions, and its files when asked.</summary>
internal sealed class ShowCommand : CliCommand
{
    private Argument<string?> _aip = null!;
    private Option<bool> _files = null!;

    public override string Name => "show";

    public override Task<int> RunAsync(CommandContext context)
    {
        var repository = context.Repository;
        if (repository.Find(context.Parsed.GetValue(_aip)!, out var why) is not { } version)
        {
            context.Report.Trouble("reference", why!);
            return Task.FromResult(2);
        }

        var aips = repository.Aips;
        if (aips.Find(version.Aip.ToString("D")) is not AipSearch.Found { Entry: var entry })
        {
            throw new InvalidOperationException("An AIP with a version stands in the list.");
        }

        Describe(context, entry, version, aips.Versions(version.Aip));
        ShowFormats(context, version);
        if (context.Has(_files))
        {
            ShowFiles(context, version);
        }

        return Task.FromResult(context.Verdict);
    }

    protected override void Declare(Command command)
    {
        _aip = Argument(command, "aip", "AIP[@N]");
        _files = Flag(command, "--files");
    }

    private static void Describe(CommandContext context, AipEntry entry, AipVersion version, IReadOnlyList<AipVersion> versions)
    {
        var report = context.Report;
        var say = report.Speech;
        report.Rows(
        [
            ["AIP", $"{entry.Aip:D}@{version.Version}"],
            [say.Say("column.submission"), $"{entry.Source}/{entry.Submission}"],
            [say.Say("column.name"), entry.Name],
            [say.Say("column.form"), say.Say("form." + (entry.Form.Length == 0 ? "unknown" : entry.Form))],
            [say.Say("column.retention"), entry.Retention is null ? say.Say("retention.none") : $"{entry.Retention} ({entry.Completed})"],
            [say.Say("column.files"), Amounts.Count(version.Files)],
            [say.Say("column.bytes"), $"{Amounts.Bytes(version.Bytes)} ({Amounts.Count(version.Bytes)})"],
            [say.Say("column.manifest"), version.Manifest.ToString()],
            [say.Say("column.sequence"), Amounts.Count(version.Sequence)],
        ]);
        report.Say("show.versions");
        report.Rows([.. versions.Select(v => new[] { "  @" + v.Version, Amounts.Time(v.Time), Amounts.Count(v.Files), Amounts.Bytes(v.Bytes), v.Manifest.ToString()[..16] + "…" })]);
        report.Set("aip", ListCommand.Describe(entry));
        report.Set("version", version.Version);
        report.Set("versions", new JsonArray([.. versions.Select(v => (JsonNode)new JsonObject
        {
            ["version"] = v.Version,
            ["sequence"] = v.Sequence,
            ["manifest"] = v.Manifest.ToString(),
            ["time"] = StoreTime.Write(v.Time),
            ["files"] = v.Files,
            ["bytes"] = v.Bytes,
        })]));
    }

    private static void ShowFiles(CommandContext context, AipVersion version)
    {
        var entries = VersionEntries.Of(context.Repository.Vault, version.Manifest, context.Stop);
        if (context.Report.IsJson)
        {
            context.Report.SetLong("files", entries.Select(Describe));
            return;
        }

        context.Report.Say("show.files");
        foreach (var entry in entries)
        {
            var name = Amounts.Harmless(entry.Name.Display) + (entry.Name.Basis == NameBasis.Guessed ? " " + context.Report.Speech.Say("show.guessed") : "");
            context.Report.Write(entry.Kind == EntryKind.Folder ? $"  {new string(' ', 76)}  {name}/" : $"  {Amounts.Bytes(entry.Length),10}  {entry.Content}  {name}");
            if (entry.Characterization is not null)
            {
                ShownCharacter.Write(context.Report, context.Repository.Formats, entry);
            }
        }
    }

    /// <summary>What the version's files are, counted at its ingestion.</summary>
    private static void ShowFormats(CommandContext context, AipVersion version)
    {
        if (context.Repository.Vault.ReadEvent(version.Sequence).Detail is not { } detail || IngestionDetail.Read(detail.Body)?.Characterization is not { } counted)
        {
            return;
        }

        ShownCharacter.Write(context.Report, context.Repository.Formats, counted);
    }

    private static JsonNode Describe(ManifestEntry entry) => new JsonObject
    {
        ["kind"] = entry.Kind == EntryKind.File ? "file" : "folder",
        ["path"] = entry.Name.Display,
        ["pathBytes"] = entry.Name.IsUtf8 ? null : Convert.ToBase64String(entry.Name.Bytes.Span),
        ["length"] = entry.Length,
        ["sha256"] = entry.Content?.ToString(),
        ["digests"] = entry.Digests.Count == 0 ? null : new JsonObject(entry.Digests.Select(d => KeyValuePair.Create(d.Key, (JsonNode?)d.Value))),
        ["modified"] = entry.Modified is { } time ? StoreTime.Write(time) : null,
        ["format"] = entry.Format,
        ["characterization"] = entry.Characterization is { } map ? JsonNode.Parse(CanonicalJson.Write(map)) : null,
    };
}
