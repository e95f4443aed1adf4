using System.Collections.Frozen;
using Lantai.Words;

namespace Lantai.RecordsManagement;

/// <summary>The fields of a listed case: the names by which they are known, and how a notice is made of them.</summary>
/// <remarks>spec/formats/completion-list.md. Pure.</remarks>
internal static class NoticeFields
{
    public const string Number = "number";
    public const string Agency = "agency";
    public const string Item = "item";
    public const string Completed = "completed";
    public const string Fonds = "fonds";
    public const string Channel = "channel";
    public const string OfflineReason = "offlineReason";
    public const string Joint = "joint";
    public const string Role = "role";
    public const string Participants = "participants";

    /// <summary>Without these no notice can be made.</summary>
    public static IReadOnlyList<string> Required { get; } = [Number, Agency, Item, Completed];

    private static readonly FrozenDictionary<string, string[]> Names = new Dictionary<string, string[]>
    {
        [Number] = ["number", "业务流水号", "project_id"],
        [Agency] = ["agency", "机构", "机构代码", "统一社会信用代码", "social_code"],
        [Item] = ["item", "事项编码", "task_code"],
        [Completed] = ["completed", "办结时间"],
        [Fonds] = ["fonds", "全宗号", "fonds_identifier"],
        [Channel] = ["channel", "归档方式"],
        [OfflineReason] = ["offlineReason", "离线理由"],
        [Joint] = ["joint", "联办标识"],
        [Role] = ["role", "联办角色"],
        [Participants] = ["participants", "协办方"],
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<string, string> ByName =
        Names.SelectMany(n => n.Value.Select(v => KeyValuePair.Create(v, n.Key))).ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>The field that a column or element of this name holds; null for one that is not read.</summary>
    public static string? FieldOf(string name) => ByName.GetValueOrDefault(name.Trim());

    /// <summary>The names by which a field is known, for messages.</summary>
    public static string NamesOf(string field) => string.Join(", ", Names[field]);

    public static ListedNotice Read(ListRow row)
    {
        if (row.Fault is { } fault)
        {
            return new ListedNotice(row.Place, null, [Finding.Error(CaseCodes.List, row.Place, ("place", row.Place), ("listfault", fault))]);
        }

        var findings = new List<Finding>();
        string? Text(string field) => row.Fields.TryGetValue(field, out var text) && text.Trim() is { Length: > 0 } said ? said : null;
        void Wrong(string field, string found) => findings.Add(Finding.Error(
            CaseCodes.Field, row.Place, ("casefield", field), ("found", NoticeRules.Shown(found)), ("wrong", "unknown"), ("most", NoticeRules.LongestCode)));

        if (!CompletionTime.TryParse(Text(Completed), out var completed))
        {
            findings.Add(Finding.Error(CaseCodes.Time, row.Place, ("found", NoticeRules.Shown(Text(Completed)))));
        }

        SourceChannel? channel = null;
        if (Text(Channel) is { } way)
        {
            channel = way switch { "online" or "在线" => SourceChannel.Online, "offline" or "离线" => SourceChannel.Offline, _ => null };
            if (channel is null)
            {
                Wrong(Channel, way);
            }
        }

        JointRole? role = Text(Role) switch { "lead" or "主办" => JointRole.Lead, null or "participant" or "协办" => JointRole.Participant, _ => null };
        if (role is null)
        {
            Wrong(Role, Text(Role)!);
        }

        if (findings.Count > 0)
        {
            return new ListedNotice(row.Place, null, findings);
        }

        var notice = new CaseNotice(Text(Number) ?? "", Text(Agency) ?? "", Text(Item) ?? "", completed)
        {
            Fonds = Text(Fonds),
            Channel = channel,
            OfflineReason = Text(OfflineReason),
            Joint = Text(Joint) is { } joint ? new JointHandling(joint, role!.Value, role == JointRole.Lead ? PartsIn(Text(Participants)) : []) : null,
        };
        return new ListedNotice(row.Place, notice, []);
    }

    /// <summary>Participants apart by semicolons, each an agency and, behind a colon, its item.</summary>
    private static List<JointPart> PartsIn(string? text) => [.. (text ?? "").Split([';', '；'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(p =>
    {
        var colon = p.IndexOfAny([':', '：']);
        return colon < 0 ? new JointPart(p, null) : new JointPart(p[..colon].Trim(), p[(colon + 1)..].Trim() is { Length: > 0 } item ? item : null);
    })];
}
