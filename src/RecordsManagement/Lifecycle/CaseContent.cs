using Lantai.Words;

namespace Lantai.RecordsManagement;

/// <summary>What may be done to the content of a case: an electronic document may change, an electronic archive never.</summary>
/// <remarks>R2-3 of the requirements; 国办发〔2023〕26号, article 2. Pure; safe for concurrent use.</remarks>
public static class CaseContent
{
    /// <summary>Asks whether the content may become another one; null when it may, ARC-001 when not.</summary>
    /// <param name="c">The case.</param>
    /// <param name="digest">Digest of the content as it would be; null when it stays.</param>
    public static Finding? Change(ServiceCase c, Digest? digest) =>
        digest is { } wanted && wanted != c.Digest && Lifecycle.Of(c.State) is { Content: ContentRule.Fixed or ContentRule.Gone } facts
            ? Finding.Error(CaseCodes.Immutable, c.Name, ("state", facts.Label), ("found", wanted.ToString()), ("known", c.Digest?.ToString() ?? ""))
            : null;
}
