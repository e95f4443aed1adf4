using System.CommandLine;
using System.Text.Json.Nodes;
using Lantai.Cli.Arguments;
using Lantai.RecordsManagement;
using Lantai.Words;

namespace Lantai.Cli.Commands.Cases;

/// <summary>How commands on cases name and describe them.</summary>
internal static class CaseAnswer
{
    /// <summary>A case as people write it: its source, a slash, its number, which may hold slashes itself.</summary>
    /// <exception cref="WrongUseException">It has no slash, or nothing on one side of it.</exception>
    public static (string Source, string Number) Name(string said)
    {
        var slash = said.IndexOf('/', StringComparison.Ordinal);
        return slash > 0 && slash < said.Length - 1 ? (said[..slash], said[(slash + 1)..]) : throw new WrongUseException("usage.case", ("text", said));
    }

    /// <summary>The case that is meant.</summary>
    /// <exception cref="WrongUseException">The text names none, or no notice told of it.</exception>
    public static ServiceCase Find(CommandContext context, string said)
    {
        var (source, number) = Name(said);
        return context.Repository.Records.Cases.Find(source, number) ?? throw new WrongUseException("usage.unregistered", ("what", said));
    }

    /// <summary>A digest that somebody typed; null when nobody did.</summary>
    /// <exception cref="WrongUseException">It is none.</exception>
    public static Digest? DigestOf(string? said, string option) =>
        said is null ? null : Digest.TryParse(said, out var digest) ? digest : throw new WrongUseException("usage.digest", ("option", option), ("text", said));

    public static JsonObject Describe(ServiceCase c) => new()
    {
        ["place"] = c.Place,
        ["case"] = c.Case.ToString("D"),
        ["source"] = c.Source,
        ["number"] = c.Number,
        ["agency"] = c.Agency,
        ["item"] = c.Item,
        ["fonds"] = c.Fonds,
        ["completed"] = c.Completed.Given,
        ["completedOn"] = LegalTime.Write(c.Completed.Day),
        ["channel"] = c.Channel == SourceChannel.Online ? "online" : "offline",
        ["joint"] = c.Joint,
        ["role"] = c.Role is null ? null : c.Role == JointRole.Lead ? "lead" : "participant",
        ["state"] = Lifecycle.Of(c.State).Code,
        ["since"] = StoreFormat.StoreTime.Write(c.Since),
        ["archivedOn"] = Day(c.ArchivedOn),
        ["digest"] = c.Digest?.ToString(),
        ["retention"] = c.As?.Retention.Code,
        ["code"] = c.As?.ReferenceCode,
        ["schedule"] = c.As?.Schedule,
        ["approval"] = c.As?.Approval,
        ["paper"] = c.As?.PaperLocator,
        ["report"] = c.Report,
        ["custody"] = c.Custody,
        ["holds"] = c.Holds,
        ["returns"] = new JsonArray([.. c.Returns.Select(r => (JsonNode)$"{LegalTime.Write(r.From)}/{Day(r.Until)}")]),
    };

    public static string? Day(DateOnly? day) => day is { } there ? LegalTime.Write(there) : null;
}
