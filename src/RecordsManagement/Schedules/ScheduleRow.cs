using System.Globalization;

namespace Lantai.RecordsManagement;

/// <summary>A row of an archiving scope and retention schedule (归档范围和保管期限表): which material of which cases is archived, and for how long.</summary>
/// <remarks>
/// Immutable; two rows are equal when all their cells are. Codes are those of spec/formats/records-schedules.md; a cell without a value is an empty text.
/// Requirement R7-1.
/// </remarks>
public sealed class ScheduleRow : IEquatable<ScheduleRow>
{
    private readonly string[] _cells;

    /// <summary>Takes cells in the order of the columns; those at the end may be left out.</summary>
    internal ScheduleRow(IReadOnlyList<string> cells)
    {
        _cells = new string[ScheduleColumns.All.Count];
        for (var i = 0; i < _cells.Length; i++)
        {
            _cells[i] = i < cells.Count ? cells[i] : "";
        }
    }

    /// <summary>Code of the service item (事项编码), or a class path such as <c>/行政许可/公安</c> for all items below it.</summary>
    public string Item => _cells[ScheduleColumns.Item];

    /// <summary>Whether the row holds for a class of items.</summary>
    public bool IsClass => Item.StartsWith('/');

    /// <summary>Name of the item or class.</summary>
    public string ItemName => _cells[ScheduleColumns.ItemName];

    /// <summary>The class path that the item falls under; its own for a class.</summary>
    public string Class => IsClass ? Item : _cells[ScheduleColumns.Class];

    /// <summary>Nature of the material: <c>evidential</c> 证据性, <c>procedural</c> 程序性 or <c>result</c> 结果性 (R7-2).</summary>
    public string Nature => _cells[ScheduleColumns.Nature];

    /// <summary>Where it comes from: <c>formed</c> 形成, or <c>called</c> 调用 by sharing.</summary>
    public string Origin => _cells[ScheduleColumns.Origin];

    /// <summary>Code of the material; empty when it has none.</summary>
    public string MaterialCode => _cells[ScheduleColumns.MaterialCode];

    /// <summary>Name of the material; empty, with an empty code, for all materials of the nature.</summary>
    public string MaterialName => _cells[ScheduleColumns.MaterialName];

    /// <summary>Whether it is archived.</summary>
    public bool IsArchived => _cells[ScheduleColumns.Archive] == "yes";

    /// <summary>How long it is kept; null when it is not archived.</summary>
    public RetentionPeriod? Retention => RetentionPeriod.TryParse(_cells[ScheduleColumns.Retention], out var period) ? period : null;

    /// <summary>Years for which an administrative act can be traced back; null when not said.</summary>
    public int? AdministrativeYears => Years(ScheduleColumns.AdministrativeYears);

    /// <summary>Years for which a law suit can trace back; null when not said.</summary>
    public int? LitigationYears => Years(ScheduleColumns.LitigationYears);

    /// <summary>Years for which an audit can trace back; null when not said.</summary>
    public int? AuditYears => Years(ScheduleColumns.AuditYears);

    /// <summary>The least number of years that retention may have: the longest of the traceback years; 0 when none is said (R7-3).</summary>
    public int Floor => Math.Max(AdministrativeYears ?? 0, Math.Max(LitigationYears ?? 0, AuditYears ?? 0));

    /// <summary>What the traceback years rest on.</summary>
    public string TracebackBasis => _cells[ScheduleColumns.TracebackBasis];

    /// <summary>When retention begins: <c>completion</c>, the year after completion, or <c>formation</c>, the year after the material was formed; empty for the policy value.</summary>
    public string Start => _cells[ScheduleColumns.Start];

    /// <summary>What is proposed for opening: <c>open</c>, <c>controlled</c>, <c>partial</c> or nothing.</summary>
    public string Opening => _cells[ScheduleColumns.Opening];

    /// <summary>Sharing type: <c>unconditional</c>, <c>conditional</c>, <c>none</c> or nothing.</summary>
    public string Sharing => _cells[ScheduleColumns.Sharing];

    /// <summary>What the row rests on: regulations, lists of powers and responsibilities, catalogues (R7-6).</summary>
    public IReadOnlyList<string> Basis => _cells[ScheduleColumns.Basis] is { Length: > 0 } basis ? basis.Split(BasisSeparator) : [];

    /// <summary>A remark.</summary>
    public string Remark => _cells[ScheduleColumns.Remark];

    /// <summary>The cells in the order of the columns.</summary>
    internal IReadOnlyList<string> Cells => _cells;

    /// <summary>What tells materials of one nature apart: the code, else the name.</summary>
    internal string Material => MaterialCode.Length > 0 ? MaterialCode : MaterialName;

    /// <summary>What must stand in a schedule once: item or class, nature and material.</summary>
    internal (string Item, string Nature, string Material) Key => (Item, Nature, Material);

    /// <summary>Stands between the texts of a list in one cell.</summary>
    internal const char BasisSeparator = '；';

    /// <inheritdoc/>
    public bool Equals(ScheduleRow? other) => other is not null && _cells.AsSpan().SequenceEqual(other._cells);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ScheduleRow);

    /// <inheritdoc/>
    public override int GetHashCode() => Key.GetHashCode();

    /// <summary>Its key, for logs and test output.</summary>
    public override string ToString() => $"{Item} {Nature} {Material}";

    private int? Years(int column) => int.TryParse(_cells[column], NumberStyles.None, CultureInfo.InvariantCulture, out var years) ? years : null;
}
