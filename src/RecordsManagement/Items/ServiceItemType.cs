namespace Lantai.RecordsManagement;

/// <summary>How the regulation reaches a type of service item.</summary>
public enum ServiceItemScope
{
    /// <summary>An administrative power exercised on application (依申请的行政权力事项).</summary>
    Power,

    /// <summary>A public service (公共服务事项).</summary>
    PublicService,

    /// <summary>Not itself in its scope; may follow it by reference (参照执行).</summary>
    ByReference,
}

/// <summary>A type of service item.</summary>
/// <param name="Name">Its Chinese name, which is also its code in catalogues and metadata.</param>
/// <param name="Scope">How the regulation reaches it.</param>
/// <param name="Confidence"><c>high</c>, <c>medium</c> or <c>low</c>: how sure this reading is.</param>
public sealed record ServiceItemType(string Name, ServiceItemScope Scope, string Confidence)
{
    /// <summary>All types. The regulation's article 2 names the two kinds and what may follow by reference; the names of powers are those of metadata in use.</summary>
    public static IReadOnlyList<ServiceItemType> All { get; } =
    [
        new("行政许可", ServiceItemScope.Power, "medium"),
        new("行政确认", ServiceItemScope.Power, "medium"),
        new("行政给付", ServiceItemScope.Power, "medium"),
        new("行政奖励", ServiceItemScope.Power, "medium"),
        new("行政裁决", ServiceItemScope.Power, "medium"),
        new("其他行政权力", ServiceItemScope.Power, "medium"),
        new("公共服务", ServiceItemScope.PublicService, "high"),
        new("行政处罚", ServiceItemScope.ByReference, "high"),
        new("行政检查", ServiceItemScope.ByReference, "high"),
    ];

    /// <summary>A type by its name; null when it is none.</summary>
    public static ServiceItemType? Find(string? name) => All.FirstOrDefault(t => t.Name == name);
}
