using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Lantai.Cli.Arguments;
using Lantai.Cli.Commands.Registers;
using Lantai.Inspection;
using Lantai.StoreFormat;

namespace Lantai.Cli.Commands.Inspections;

/// <summary>What commands on inspection ask of their options.</summary>
internal static class InspectionChoice
{
    public static readonly IReadOnlyDictionary<string, RunPoint> Points = Enum.GetValues<RunPoint>().ToDictionary(InspectionCodes.Of);

    /// <summary>The run point that was named; that of archiving when none was.</summary>
    public static RunPoint Point(CommandContext context, Option<string?> option) =>
        RegisterAnswer.Choice(context.Value(option) ?? InspectionCodes.Of(RunPoint.AgencyArchiving), option.Name, Points);

    /// <summary>Refuses a decision that nobody put a name to: the account of the operating system is none.</summary>
    /// <exception cref="WrongUseException">The person was not named.</exception>
    public static void DemandPerson(CommandContext context)
    {
        if (string.IsNullOrWhiteSpace(context.Parsed.GetValue(context.Tree.As)))
        {
            throw new WrongUseException("usage.inspect.person");
        }
    }
}

/// <summary>Lists the schemes: those in force at each run point, and all that were adopted.</summary>
internal sealed class InspectSchemeListCommand : CliCommand
{
    public override string Name => "inspect scheme list";

    public override Task<int> RunAsync(CommandContext context)
    {
        var (schemes, speech) = (context.Repository.Inspections.Schemes, context.Report.Speech);
        var rows = new List<(string[], JsonObject)>();
        foreach (var point in InspectionChoice.Points.Values)
        {
            rows.AddRange(schemes.OfCategories(point).Prepend(schemes.InForce(point)).Select(held => Row(held, speech.Say("inspection.scheme.in-force"), "", null)));
        }

        rows.AddRange(schemes.Adopted().Select(a => Row(a.Scheme, speech.Say(a.Withdrawn is null ? "inspection.scheme.adopted" : "inspection.scheme.withdrawn"), a.Person, a)));
        return RegisterAnswer.List(context, "schemes", ["scheme", "version", "runPoint", "category", "rules", "state", "person"], rows);

        (string[], JsonObject) Row(InspectionScheme scheme, string state, string person, AdoptedScheme? adopted) =>
        (
            [
                scheme.Name, scheme.Version, speech.Say("inspection.point." + InspectionCodes.Of(scheme.Point!.Value)), scheme.Category,
                scheme.Rules.Count.ToString(CultureInfo.InvariantCulture), state, person,
            ],
            new JsonObject
            {
                ["scheme"] = scheme.Name,
                ["version"] = scheme.Version,
                ["point"] = InspectionCodes.Of(scheme.Point.Value),
                ["category"] = scheme.Category,
                ["rules"] = scheme.Rules.Count,
                ["inForce"] = adopted is null,
                ["adopted"] = adopted?.Sequence,
                ["withdrawn"] = adopted?.Withdrawn,
                ["person"] = adopted?.Person,
                ["reason"] = adopted?.Reason,
                ["without"] = scheme.Decision is { } d ? new JsonArray([.. d.Without.Select(w => (JsonNode)w)]) : null,
            });
    }

    protected override void Declare(Command command)
    {
    }
}

/// <summary>Shows the scheme in force at a run point: rules, weights, parameters, and who decided to leave something out.</summary>
internal sealed class InspectSchemeShowCommand : CliCommand
{
    private Option<string?> _point = null!;
    private Option<string?> _category = null!;

    public override string Name => "inspect scheme show";

    public override Task<int> RunAsync(CommandContext context)
    {
        var scheme = context.Repository.Inspections.Schemes.InForce(InspectionChoice.Point(context, _point), context.Value(_category) ?? "*");
        var (report, speech) = (context.Report, context.Report.Speech);
        report.Say("inspection.scheme.shown", ("scheme", scheme.Name), ("version", scheme.Version), ("count", scheme.Rules.Count));
        if (scheme.Decision is { } decision)
        {
            report.Say("inspection.page.decision", ("person", decision.Person), ("time", Output.Amounts.Time(decision.At)), ("reason", decision.Reason), ("rules", string.Join(' ', decision.Without)));
        }

        report.Rows([.. scheme.Rules.Select(r => new[] { r.Rule, speech.Say("inspection.weight." + InspectionCodes.Of(r.Weight)), RuleCatalogue.Find(r.Rule) is { } rule ? speech.Language == Words.Language.Chinese ? rule.Chinese : rule.English : "" })]);
        report.Rows([.. scheme.Parameters.Select(p => new[] { p.Key, p.Value })]);
        report.Set("scheme", new JsonObject
        {
            ["scheme"] = scheme.Name,
            ["version"] = scheme.Version,
            ["point"] = InspectionCodes.Of(scheme.Point!.Value),
            ["category"] = scheme.Category,
            ["rules"] = new JsonArray([.. scheme.Rules.Select(r => (JsonNode)new JsonObject { ["rule"] = r.Rule, ["weight"] = InspectionCodes.Of(r.Weight) })]),
            ["parameters"] = new JsonArray([.. scheme.Parameters.Select(p => (JsonNode)new JsonObject { ["name"] = p.Key, ["value"] = p.Value })]),
        });
        report.Set("decision", scheme.Decision is { } made
            ? new JsonObject { ["person"] = made.Person, ["at"] = StoreTime.Write(made.At), ["reason"] = made.Reason, ["without"] = new JsonArray([.. made.Without.Select(w => (JsonNode)w)]) }
            : null);
        return Task.FromResult(context.Verdict);
    }

    protected override void Declare(Command command)
    {
        _point = Text(command, "--point", string.Join('|', InspectionChoice.Points.Keys));
        _category = Text(command, "--category", "CODE");
    }
}

/// <summary>Adopts a scheme: from a file, or what is in force without an antivirus engine.</summary>
internal sealed class InspectSchemeAdoptCommand : CliCommand
{
    private Argument<string?> _file = null!;
    private Option<bool> _withoutAntivirus = null!;
    private Option<string?> _point = null!;
    private Option<string?> _reason = null!;

    public override string Name => "inspect scheme adopt";

    public override Task<int> RunAsync(CommandContext context)
    {
        var file = context.Parsed.GetValue(_file);
        if (file is null != context.Has(_withoutAntivirus) || (file is not null && context.Value(_point) is not null))
        {
            throw new WrongUseException("usage.inspect.adopt");
        }

        InspectionChoice.DemandPerson(context);
        var schemes = context.Repository.Inspections.Schemes;
        if (file is null)
        {
            var reason = context.Value(_reason) ?? throw new WrongUseException("usage.inspect.reason");
            return RegisterAnswer.Conclude(context, schemes.AdoptWithoutAntivirus(InspectionChoice.Point(context, _point), reason, context.Actor), SchemeCatalogue.WithoutAntivirusName);
        }

        return FileText.Read(context, file, SchemeFile.TryRead) is { } scheme
            ? RegisterAnswer.Conclude(context, schemes.Adopt(scheme, context.Value(_reason), context.Actor), scheme.Name)
            : Task.FromResult(1);
    }

    protected override void Declare(Command command)
    {
        _file = Argument(command, "file", "FILE", required: false);
        _withoutAntivirus = Flag(command, "--without-av");
        _point = Text(command, "--point", string.Join('|', InspectionChoice.Points.Keys));
        _reason = Text(command, "--reason", "TEXT");
    }
}

/// <summary>Withdraws an adopted scheme.</summary>
internal sealed class InspectSchemeWithdrawCommand : CliCommand
{
    private Argument<string?> _scheme = null!;
    private Option<string?> _point = null!;
    private Option<string?> _reason = null!;

    public override string Name => "inspect scheme withdraw";

    public override Task<int> RunAsync(CommandContext context)
    {
        InspectionChoice.DemandPerson(context);
        var name = context.Parsed.GetValue(_scheme)!;
        return RegisterAnswer.Conclude(context, context.Repository.Inspections.Schemes.Withdraw(name, InspectionChoice.Point(context, _point), context.Value(_reason)!, context.Actor), name);
    }

    protected override void Declare(Command command)
    {
        _scheme = Argument(command, "scheme", "NAME");
        _point = Text(command, "--point", string.Join('|', InspectionChoice.Points.Keys));
        _reason = Text(command, "--reason", "TEXT", required: true);
    }
}
