using Lantai.DataManagement;

namespace Lantai.Inspection;

/// <summary>Port: who has a code already, in a store or in a kit that keeps no more than hashes of them.</summary>
/// <remarks>Safe for concurrent use.</remarks>
internal interface IHeldCodes
{
    /// <summary>The archived case that has an electronic record code and is another than the one that asks; null when none has it.</summary>
    /// <param name="views">The views.</param>
    /// <param name="code">The code.</param>
    /// <param name="source">Source system of the case that asks.</param>
    /// <param name="number">Its number.</param>
    /// <returns>How the case is called, as far as that may be said.</returns>
    string? HolderOf(IDocumentReader views, string code, string source, string number);
}
