using System.Text.Json;
using Lantai.Characterization.Registry;

namespace Lantai.Characterization.Policy;

/// <summary>Reads a policy file. spec/formats/format-policy.md</summary>
internal static class PolicyFile
{
    private const int MostBytes = 4 << 20;
    private const int MostRules = 4096;

    /// <summary>Reads a policy or an overlay.</summary>
    /// <param name="reader">Stands before the file's only value.</param>
    /// <param name="length">Length of the file in bytes.</param>
    /// <exception cref="JsonException">Something is wrong with it; the message is a text key without its prefix <c>fault.</c>.</exception>
    public static PolicyLayer Read(ref StrictJson reader, int length)
    {
        string? name = null, version = null;
        FormatVerdict? unknown = null, unlisted = null;
        Dictionary<string, PolicyBasis> basis = new(StringComparer.Ordinal);
        List<Draft> rules = [], limits = [];
        reader.Begin(length, MostBytes);
        reader.EnterObject();
        while (reader.NextMember(out var member))
        {
            switch (member)
            {
                case "name": name = reader.Text(); break;
                case "version": version = reader.Text(); break;
                case "unknown": unknown = NeverAccepted(PolicyWords.Verdict(reader.Text())); break;
                case "unlisted": unlisted = PolicyWords.Verdict(reader.Text()); break;
                case "basis": ReadBasis(ref reader, basis); break;
                case "rules": rules = ReadRules(ref reader); break;
                case "limits": limits = ReadRules(ref reader); break;
                default: throw StrictJson.Wrong("unknown-member");
            }
        }

        reader.End();
        return name is null || version is null
            ? throw StrictJson.Wrong("member-missing")
            : new PolicyLayer(
                name, version,
                unknown is { } known ? new PolicySaying("unknown", known, ["unidentified"], []) : null,
                unlisted is { } listed ? new PolicySaying("unlisted", listed, ["no-rule"], []) : null,
                [.. rules.Select(r => new PolicyRule(r.Match ?? throw StrictJson.Wrong("member-missing"), r.Says(basis)))],
                [.. limits.Select(l => new PolicyLimit(l.When ?? throw StrictJson.Wrong("member-missing"), l.Says(basis)))]);
    }

    private static void ReadBasis(ref StrictJson reader, Dictionary<string, PolicyBasis> basis)
    {
        reader.EnterArray();
        while (reader.NextItem())
        {
            string? key = null, citation = null, confidence = null;
            reader.EnterObject();
            while (reader.NextMember(out var member))
            {
                switch (member)
                {
                    case "key": key = reader.Text(); break;
                    case "citation": citation = reader.Text(); break;
                    case "confidence": confidence = Confidence(reader.Text()); break;
                    default: throw StrictJson.Wrong("unknown-member");
                }
            }

            if (key is null || citation is null || confidence is null)
            {
                throw StrictJson.Wrong("member-missing");
            }

            if (!basis.TryAdd(key, new PolicyBasis(key, citation, confidence)))
            {
                throw StrictJson.Wrong("id-twice");
            }
        }
    }

    private static List<Draft> ReadRules(ref StrictJson reader)
    {
        var drafts = new List<Draft>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        reader.EnterArray();
        while (reader.NextItem())
        {
            var draft = ReadRule(ref reader);
            drafts.Add(names.Add(draft.Name ?? throw StrictJson.Wrong("member-missing")) ? draft : throw StrictJson.Wrong("id-twice"));
        }

        return drafts.Count <= MostRules ? drafts : throw StrictJson.Wrong("too-many");
    }

    private static Draft ReadRule(ref StrictJson reader)
    {
        var draft = new Draft();
        reader.EnterObject();
        while (reader.NextMember(out var member))
        {
            switch (member)
            {
                case "name": draft.Name = reader.Text(); break;
                case "match": draft.Match = ReadMatch(ref reader); break;
                case "when": draft.When = ReadCondition(ref reader); break;
                case "verdict": draft.Verdict = PolicyWords.Verdict(reader.Text()); break;
                case "reasons": draft.Reasons = reader.Texts(); break;
                case "basis": draft.Basis = reader.Texts(); break;
                default: throw StrictJson.Wrong("unknown-member");
            }
        }

        return draft.Match is null || draft.When is null ? draft : throw StrictJson.Wrong("unknown-member");
    }

    private static PolicyMatch ReadMatch(ref StrictJson reader)
    {
        List<string> ids = [], prefixes = [];
        FormatClass? kind = null;
        FileFamily? family = null;
        var members = 0;
        reader.EnterObject();
        while (reader.NextMember(out var member))
        {
            members++;
            switch (member)
            {
                case "ids": ids = Ids(ref reader); break;
                case "idPrefixes": prefixes = Ids(ref reader); break;
                case "class": kind = FormatIds.Class(reader.Text()); break;
                case "family": family = PolicyWords.Family(reader.Text()); break;
                default: throw StrictJson.Wrong("unknown-member");
            }
        }

        return members == 1 ? new PolicyMatch(ids, prefixes, kind, family) : throw StrictJson.Wrong("not-one-member");
    }

    private static PolicyCondition ReadCondition(ref StrictJson reader)
    {
        bool? encrypted = null;
        List<string> active = [];
        Readability? readability = null;
        FileFamily? family = null;
        var members = 0;
        reader.EnterObject();
        while (reader.NextMember(out var member))
        {
            members++;
            switch (member)
            {
                case "encrypted": encrypted = reader.Truth(); break;
                case "active": active = Filled(reader.Texts()); break;
                case "readability": readability = PolicyWords.Readability(reader.Text()); break;
                case "family": family = PolicyWords.Family(reader.Text()); break;
                default: throw StrictJson.Wrong("unknown-member");
            }
        }

        // A condition that demands nothing would hold for every file.
        return members > 0 ? new PolicyCondition(encrypted, active, readability, family) : throw StrictJson.Wrong("member-missing");
    }

    private static List<string> Ids(ref StrictJson reader) => [.. Filled(reader.Texts()).Select(FormatIds.Checked)];

    private static List<string> Filled(List<string> texts) => texts.Count > 0 ? texts : throw StrictJson.Wrong("member-missing");

    // What was not identified is never accepted in silence.
    private static FormatVerdict NeverAccepted(FormatVerdict verdict) => verdict >= FormatVerdict.Review ? verdict : throw StrictJson.Wrong("unknown-accepted");

    private static string Confidence(string word) => word is "high" or "medium" or "low" ? word : throw StrictJson.Wrong("unknown-value");

    /// <summary>A rule or limit as it is read, before its sources are known: they may stand behind it in the file.</summary>
    private sealed class Draft
    {
        public string? Name { get; set; }

        public PolicyMatch? Match { get; set; }

        public PolicyCondition? When { get; set; }

        public FormatVerdict? Verdict { get; set; }

        public List<string> Reasons { get; set; } = [];

        public List<string> Basis { get; set; } = [];

        public PolicySaying Says(Dictionary<string, PolicyBasis> basis) =>
            Verdict is { } verdict && Reasons.Count > 0
                ? new PolicySaying(Name!, verdict, Reasons, [.. Basis.Select(key => basis.GetValueOrDefault(key) ?? throw StrictJson.Wrong("unknown-value"))])
                : throw StrictJson.Wrong("member-missing");
    }
}
