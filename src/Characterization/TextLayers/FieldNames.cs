using System.Collections.Frozen;

namespace Lantai.Characterization.TextLayers;

/// <summary>Elements, attributes and members that hold the name of a field whose value stands beside them: <c>name="密级" value="…"</c>.</summary>
/// <remarks>Immutable, safe for concurrent use.</remarks>
internal static class FieldNames
{
    private static readonly FrozenSet<string> Names = new[]
    {
        "name", "key", "field", "property", "label", "propname", "attrname", "attributename", "fieldname", "名称", "名", "字段", "字段名", "字段名称", "属性", "属性名", "元素名称", "元数据名称", "标签", "项目", "项",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether something of this name holds the name of a field.</summary>
    public static bool IsName(string name) => Names.Contains(name);
}
