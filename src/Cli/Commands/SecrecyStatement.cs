using Lantai.RecordsManagement;

namespace Lantai.Cli.Commands;

/// <summary>Says what state secrets the system may hold and how internal matters are kept (article 15), where an archive follows the rules of records.</summary>
internal static class SecrecyStatement
{
    /// <summary>Says it, with the ground of each value.</summary>
    /// <param name="context">The command's context.</param>
    /// <param name="policy">The values that hold.</param>
    public static void Say(CommandContext context, PolicyValues policy)
    {
        var (kind, refused, controlled) = (policy.Find(PolicyKeys.SystemClassification)!, policy.Find(PolicyKeys.SecrecyRefused)!, policy.Find(PolicyKeys.AccessControlled)!);
        context.Report.Say(
            "secrecy.statement", ("kind", context.Report.Speech.Say("secrecy.kind." + kind.Values[0])), ("ground", kind.Basis.Document), ("article", kind.Basis.Article),
            ("refused", string.Join(' ', refused.Values)), ("controlled", string.Join(' ', controlled.Values)), ("other", controlled.Basis.Document), ("clause", controlled.Basis.Article));
        context.Report.Set("classification", kind.Values[0]);
    }
}
