using System.CommandLine;
using System.Text;
using Lantai.Cli.Output;

namespace Lantai.Cli.Arguments;

/// <summary>The help of a command: what it does, how it is called, its options, and examples to copy.</summary>
internal static class HelpPage
{
    private const int LeastText = 24;

    public static string Write(Command command, CommandTree tree, Speech speech, int width)
    {
        var page = new StringBuilder();
        var name = NameOf(command);
        page.Append(command.Description).Append("\n\n");
        page.Append(speech.Say("help.usage")).Append('\n').Append("  ").Append(Usage(command, name, speech)).Append('\n');
        Section(page, speech.Say("help.commands"), [.. command.Subcommands.Select(c => (c.Name, c.Description ?? ""))], width);
        Section(page, speech.Say("help.arguments"), [.. command.Arguments.Select(a => (a.HelpName ?? a.Name, a.Description ?? ""))], width);
        var own = command == tree.Root ? [] : command.Options;
        Section(page, speech.Say("help.options"), [.. own.Select(o => (Label(o), o.Description ?? ""))], width);
        Section(page, speech.Say("help.global"), [.. tree.Root.Options.Where(o => o.Recursive || command == tree.Root).Select(o => (Label(o), o.Description ?? ""))], width);
        page.Append('\n').Append(speech.Say("help.examples")).Append('\n');
        foreach (var line in speech.Say("examples." + (name == "lantai" ? name : name["lantai ".Length..])).Split('\n'))
        {
            page.Append("  ").Append(line).Append('\n');
        }

        if (command == tree.Root)
        {
            page.Append('\n').Append(speech.Say("help.exit")).Append('\n');
        }

        return page.ToString().TrimEnd('\n');
    }

    private static string NameOf(Command command)
    {
        var words = new List<string>();
        for (Symbol? at = command; at is Command and not RootCommand; at = at.Parents.FirstOrDefault())
        {
            words.Insert(0, at.Name);
        }

        return string.Join(' ', ["lantai", .. words]);
    }

    private static string Usage(Command command, string name, Speech speech)
    {
        var parts = new List<string> { name };
        parts.AddRange(command.Subcommands.Count > 0 ? [speech.Say("help.command")] : []);
        parts.AddRange(command.Arguments.Select(a => a.Arity.MinimumNumberOfValues == 0 ? $"[{a.HelpName}]" : a.HelpName ?? a.Name));
        parts.AddRange(command.Options.Where(o => o.Required).Select(Label));
        parts.Add(speech.Say("help.rest"));
        return string.Join(' ', parts);
    }

    private static string Label(Option option) =>
        string.Join(", ", option.Aliases.Where(a => a != "-?").Order(StringComparer.Ordinal).Prepend(option.Name)) + (option.HelpName is null ? "" : " " + option.HelpName);

    private static void Section(StringBuilder page, string title, IReadOnlyList<(string Label, string Text)> rows, int width)
    {
        if (rows.Count == 0)
        {
            return;
        }

        page.Append('\n').Append(title).Append('\n');
        var left = rows.Max(r => Amounts.Width(r.Label)) + 4;
        foreach (var (label, text) in rows)
        {
            var lines = Fold(text, Math.Max(LeastText, width - left - 1));
            page.Append("  ").Append(Amounts.Pad(label, left - 2)).Append(lines[0]).Append('\n');
            foreach (var line in lines.Skip(1))
            {
                page.Append(' ', left).Append(line).Append('\n');
            }
        }
    }

    /// <summary>Folds a text at spaces, and between Chinese characters, which have none.</summary>
    private static List<string> Fold(string text, int width)
    {
        var lines = new List<string>();
        var line = new StringBuilder();
        foreach (var piece in Pieces(text))
        {
            if (line.Length > 0 && Amounts.Width(line + piece.TrimEnd()) > width)
            {
                lines.Add(line.ToString().TrimEnd());
                line.Clear();
            }

            line.Append(piece);
        }

        lines.Add(line.ToString().TrimEnd());
        return lines;
    }

    private static IEnumerable<string> Pieces(string text)
    {
        var start = 0;
        for (var i = 1; i < text.Length; i++)
        {
            if ((text[i - 1] == ' ' && text[i] != ' ') || (text[i - 1] > '\u2E80' && !"，。；：、）》”".Contains(text[i], StringComparison.Ordinal)))
            {
                yield return text[start..i];
                start = i;
            }
        }

        yield return text[start..];
    }
}
