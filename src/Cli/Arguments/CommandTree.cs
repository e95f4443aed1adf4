using System.CommandLine;
using Lantai.Cli.Commands;
using Lantai.Cli.Commands.Cases;
using Lantai.Cli.Commands.Deadlines;
using Lantai.Cli.Commands.Formats;
using Lantai.Cli.Commands.Inspections;
using Lantai.Cli.Commands.Numbering;
using Lantai.Cli.Commands.Packages;
using Lantai.Cli.Commands.Policy;
using Lantai.Cli.Commands.Registers;
using Lantai.Cli.Commands.Schedules;
using Lantai.Cli.Commands.Signatures;
using Lantai.Cli.Output;
using Lantai.RecordsManagement;

namespace Lantai.Cli.Arguments;

/// <summary>All commands and the options that every command takes, described in one language.</summary>
internal sealed class CommandTree
{
    private readonly Speech _speech;
    private readonly Dictionary<Command, CliCommand> _commands = [];

    public CommandTree(Speech speech)
    {
        _speech = speech;
        Store = Global("--store", "DIR");
        Keys = Global("--keys", "DIR");
        As = Global("--as", "ACCOUNT");
        Lang = Global("--lang", "en|zh");
        Progress = Global("--progress", "json");
        Json = new Option<bool>("--json") { Recursive = true, Description = speech.Say("option.json") };
        Help = new Option<bool>("--help", "-h", "-?") { Recursive = true, Description = speech.Say("option.help") };
        Version = new Option<bool>("--version") { Description = speech.Say("option.version") };
        Root = new RootCommand(speech.Say("command.lantai"));
        Root.Options.Clear();
        Root.Directives.Clear();
        foreach (var option in new Option[] { Store, Keys, As, Json, Progress, Lang, Help, Version })
        {
            Root.Options.Add(option);
        }

        foreach (var command in All())
        {
            Add(command);
        }
    }

    public RootCommand Root { get; }

    public Option<string?> Store { get; }

    public Option<string?> Keys { get; }

    public Option<string?> As { get; }

    public Option<string?> Lang { get; }

    public Option<bool> Json { get; }

    /// <summary>How progress is written: null for people, <c>json</c> for programs.</summary>
    public Option<string?> Progress { get; }

    public Option<bool> Help { get; }

    public Option<bool> Version { get; }

    /// <summary>All commands in the order of the help.</summary>
    public IReadOnlyCollection<CliCommand> Commands => _commands.Values;

    /// <summary>The command that was asked for; null for the program itself and for groups such as <c>dip</c>.</summary>
    public CliCommand? Of(ParseResult parsed) => _commands.GetValueOrDefault(parsed.CommandResult.Command);

    public ParseResult Parse(IReadOnlyList<string> arguments) =>
        Root.Parse(arguments, new ParserConfiguration { ResponseFileTokenReplacer = null, EnablePosixBundling = false });

    /// <summary>The first thing that is wrong with what was typed; null when nothing is.</summary>
    public static WrongUseException? WrongIn(ParseResult parsed)
    {
        if (parsed.UnmatchedTokens.Count > 0)
        {
            var first = parsed.UnmatchedTokens[0];
            return first.StartsWith('-') ? new WrongUseException("usage.option", ("text", first)) : new WrongUseException("usage.argument", ("text", first));
        }

        return parsed.Errors.Count == 0 ? null : parsed.Errors[0].SymbolResult switch
        {
            System.CommandLine.Parsing.OptionResult o => new WrongUseException("usage.value", ("option", o.Option.Name)),
            System.CommandLine.Parsing.ArgumentResult { Parent: System.CommandLine.Parsing.OptionResult o } => new WrongUseException("usage.value", ("option", o.Option.Name)),
            System.CommandLine.Parsing.ArgumentResult a => new WrongUseException("usage.missing", ("argument", a.Argument.HelpName ?? a.Argument.Name)),
            _ => new WrongUseException("usage.command"),
        };
    }

    private static CliCommand[] All() =>
    [
        new InitCommand(), new IngestCommand(), new ListCommand(), new ShowCommand(), new AuditCommand(), new VerifyCommand(), new SealCommand(),
        new DipBuildCommand(), new DipVerifyCommand(), new ReceiptShowCommand(), new ReceiptVerifyCommand(), new RebuildCommand(), new StatsCommand(),
        new HealthCommand(), new FormatsIdentifyCommand(), new FormatsListCommand(), new FormatsShowCommand(), new FormatsImportCommand(), new FormatsProfileCommand(), new KeyShowCommand(), new KeyExportCommand(), new KeyRotateCommand(), new KeySm2Command(), new DemoCommand(),
        new InspectKitExportCommand(), new SipValidateCommand(), new SipNewCommand(), new SipGenerateCommand(), new SignatureVerifyCommand(),
        new RegionAddCommand(), new RegionListCommand(), new AgencyAddCommand(), new AgencyListCommand(), new AgencyShowCommand(),
        new FondsAddCommand(), new FondsListCommand(), new FondsShowCommand(),
        new SourceAddCommand(), new SourceListCommand(), new SourceShowCommand(), new SourceStateCommand("source enable", SourceState.Enabled),
        new SourceStateCommand("source disable", SourceState.Disabled), new SourceStateCommand("source withdraw", SourceState.Withdrawn), new SourceCheckCommand(),
        new ItemAddCommand(), new ItemListCommand(), new ItemShowCommand(), new ItemImportCommand(),
        new ScheduleImportCommand(), new ScheduleCheckCommand(), new ScheduleSubmitCommand(), new ScheduleApproveCommand(), new ScheduleReturnCommand(), new ScheduleRepealCommand(),
        new ScheduleListCommand(), new ScheduleShowCommand(), new ScheduleDiffCommand(),
        new CaseNotifyCommand(), new CaseListCommand(), new CaseShowCommand(), new CaseMoveCommand(), new CaseArchiveCommand(), new CaseReceiptCommand(), new CaseReturnCommand(), new CaseApproveCommand(), new CaseRegisterCommand(), new CaseLinkCommand(), new CaseCorrectCommand(),
        new CaseHoldCommand(), new CaseReleaseCommand(), new CaseWithdrawCommand(), new DeadlineReportCommand(), new DeadlineDelayCommand(), new ReconcileCommand(),
        new CodeRuleAddCommand(), new CodeRuleListCommand(), new CodeRuleShowCommand(), new CodeNextCommand(), new CodeChangeCommand(), new CodeWithdrawCommand(),
        new CodeParseCommand(), new CodeHistoryCommand(),
        new PolicyShowCommand(), new PolicyOverlayCommand(), new PolicyListCommand(), new AccessionPublishCommand(), new AccessionShowCommand(),
        new InspectRulesCommand(), new InspectSchemeListCommand(), new InspectSchemeShowCommand(), new InspectSchemeAdoptCommand(), new InspectSchemeWithdrawCommand(),
        new InspectReportCommand(), new InspectDecideCommand(), new InspectWaitingCommand(), new InspectVerifyCommand(), new InspectNoticeCommand(), new InspectRegisterCommand(),
        new InspectRunCommand(), new InspectCompareCommand(),
    ];

    private void Add(CliCommand command)
    {
        var words = command.Name.Split(' ');
        Command parent = Root;
        foreach (var word in words[..^1])
        {
            var group = parent.Subcommands.FirstOrDefault(c => c.Name == word);
            if (group is null)
            {
                group = new Command(word, _speech.Say("command." + word));
                parent.Subcommands.Add(group);
            }

            parent = group;
        }

        var own = new Command(words[^1], _speech.Say("command." + command.Name));
        command.Define(own, _speech);
        parent.Subcommands.Add(own);
        _commands.Add(own, command);
    }

    private Option<string?> Global(string name, string value) =>
        new(name) { Recursive = true, HelpName = value, Description = _speech.Say("option." + name[2..]) };
}
