namespace Lantai.Bench;

/// <summary>One thing that the store does often.</summary>
/// <param name="Name">What the table of budgets calls it.</param>
/// <param name="Bytes">How many bytes it goes over, 0 when that says nothing.</param>
/// <param name="Run">Does it once. It changes nothing that a second run would notice.</param>
internal sealed record Operation(string Name, long Bytes, Action Run)
{
    public override string ToString() => Name;
}
