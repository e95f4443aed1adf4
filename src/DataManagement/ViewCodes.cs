namespace Lantai.DataManagement;

/// <summary>
/// The codes of what can be wrong with views and indexes. Each stands with its MUST sentence in
/// <c>spec/codes/datamanagement.md</c> and with a text in both languages under <c>finding.CODE</c>.
/// </summary>
public static class ViewCodes
{
#pragma warning disable CS1591 // each name says its sentence; the page holds it in full
    public const string ProjectionsChanged = "DAT-001";
    public const string ViewDisagrees = "DAT-002";
    public const string DocumentStoreDamaged = "DAT-003";
    public const string KeyIndexDamaged = "DAT-004";
    public const string KeyIndexDisagrees = "DAT-005";

    public const string DocumentMissing = "DAT-010";
    public const string DocumentSurplus = "DAT-011";
    public const string DocumentDiffers = "DAT-012";
    public const string WatermarkDiffers = "DAT-013";
    public const string KeyMissing = "DAT-014";
    public const string KeySurplus = "DAT-015";
    public const string KeyDiffers = "DAT-016";
    public const string ViewUnreadable = "DAT-017";
#pragma warning restore CS1591
}
