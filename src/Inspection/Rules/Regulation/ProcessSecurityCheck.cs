using System.Globalization;
using Lantai.RecordsManagement;
using Lantai.Words;

namespace Lantai.Inspection;

/// <summary>操作过程安全性: somebody answers for the way that the package took, no time on it is unaccounted for, and offline has a reason.</summary>
/// <remarks>
/// Pure. Group 4-3; article 9, R9-6. Parameters: <c>process-security.skew</c>, minutes by which clocks may differ, 5; <c>process-security.hours</c>,
/// hours between sending and receipt through a network, and between receipt and inspection, that need no look, 24.
/// </remarks>
internal static class ProcessSecurityCheck
{
    /// <summary>What the register of sources says of coming offline: with a reason, and without.</summary>
    internal static readonly IReadOnlyList<string> OfflineCodes = ["SRC-003", "SRC-004"];

    /// <summary>Judges the channel.</summary>
    public static RuleAnswer Check(InspectionFacts facts)
    {
        var channel = facts.Channel;
        if (channel.IsForeseen)
        {
            return RuleAnswer.NotApplicable("not-sent");
        }

        List<Finding> findings = [.. Answers(channel), .. Times(facts), .. facts.Terms?.Source?.Where(f => OfflineCodes.Contains(f.Code)) ?? []];
        return Asking.AlsoAsksRegisters(facts, RuleAnswer.Of(findings)) with { Evidence = EvidenceOf(channel) };
    }

    private static IEnumerable<Finding> Answers(ChannelFacts channel)
    {
        if (!channel.IsAuthenticated && string.IsNullOrWhiteSpace(channel.Operator))
        {
            yield return Finding.Error("INS-253", channel.Source);
        }
    }

    private static IEnumerable<Finding> Times(InspectionFacts facts)
    {
        var (skew, most) = (TimeSpan.FromMinutes(facts.Number("process-security.skew")), facts.Number("process-security.hours"));
        var (source, sent, received) = (facts.Channel.Source, facts.Channel.Sent, facts.Channel.Received);
        foreach (var (earlier, later) in new[] { (sent, received), (received, (DateTimeOffset?)facts.Now), (sent, facts.Now) })
        {
            if (earlier - later > skew)
            {
                yield return Finding.Error("INS-254", source, ("expected", Say(later!.Value)), ("found", Say(earlier!.Value)));
                yield break;
            }
        }

        // A medium is on its way for as long as it is.
        var from = facts.Channel.Channel == SourceChannel.Offline ? received : sent ?? received;
        foreach (var (earlier, later) in new[] { (from, received), (received ?? from, facts.Now) })
        {
            if (later - earlier is { } gap && gap > TimeSpan.FromHours(most))
            {
                yield return Finding.Warning("INS-255", source, ("expected", most), ("found", (long)gap.TotalHours), ("since", Say(earlier!.Value)));
            }
        }
    }

    private static KeyValuePair<string, string>[] EvidenceOf(ChannelFacts channel) =>
    [
        KeyValuePair.Create("channel", channel.Channel == SourceChannel.Online ? "online" : "offline"),
        KeyValuePair.Create("authenticated", channel.IsAuthenticated ? "yes" : "no"),
        .. channel.Operator is { } person ? [KeyValuePair.Create("operator", person)] : Array.Empty<KeyValuePair<string, string>>(),
    ];

    private static string Say(DateTimeOffset time) => time.ToOffset(LegalTime.Offset).ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);
}
