using System.Text;
using Lantai.Characterization;
using Lantai.Characterization.Policy;
using Lantai.Words;

namespace Lantai.Tests.Characterization.Policy;

/// <summary>Policies of a few rules, and examinations that found this or that.</summary>
internal static class PolicyText
{
    /// <summary>A policy with these rules and limits, each the inside of its array.</summary>
    public static string Json(string rules, string limits = "", string more = "") =>
        $$"""{"name":"site","version":"7","basis":[{"key":"law","citation":"Law 1","confidence":"high"}],{{more}}"rules":[{{rules}}],"limits":[{{limits}}]}""";

    /// <summary>A rule about what the match says.</summary>
    public static string Rule(string name, string match, string verdict) =>
        $$"""{"name":"{{name}}","match":{{match}},"verdict":"{{verdict}}","reasons":["convertible"],"basis":["law"]}""";

    /// <summary>A limit for what the condition says.</summary>
    public static string Limit(string name, string when, string verdict) =>
        $$"""{"name":"{{name}}","when":{{when}},"verdict":"{{verdict}}","reasons":["broken"]}""";

    public static FormatPolicy Read(string json)
    {
        List<Finding> findings = [];
        var policy = FormatPolicy.TryRead(Encoding.UTF8.GetBytes(json), "site.json", findings);
        Assert.Empty(findings);
        return policy!;
    }

    public static FileExamination Found(
        FileFamily family = FileFamily.Other, Readability readability = Readability.Readable, string[]? encryption = null, string[]? active = null) =>
        new(family, readability, [.. (encryption ?? []).Select(k => new EncryptionMark(k, "here"))], [.. (active ?? []).Select(k => new ActiveMark(k, "here"))], new Dictionary<string, object>(), []);
}
