namespace Lantai.Inspection;

/// <summary>Whether a signature in a file is over the bytes of the file: arithmetic alone. Whether its certificate is to be trusted is another question, which is not asked here.</summary>
public enum SealMatch
{
    /// <summary>It is that of the certificate in it, over these bytes.</summary>
    Holds,

    /// <summary>It is not, or it is no signature.</summary>
    Fails,

    /// <summary>Its form or an algorithm is not known here: nothing can be said.</summary>
    Unknown,
}

/// <summary>What checking one signature in a file found.</summary>
/// <param name="Place">Where it stands in the file.</param>
/// <param name="Match">Whether it is over these bytes.</param>
/// <param name="Why">Why not, or why nothing can be said: a text key without its prefix <c>seal.</c>; empty when it holds.</param>
/// <param name="Form">Its form, such as <c>ETSI.CAdES.detached</c>.</param>
/// <param name="Signers">Who signed by the certificates in it, which nobody vouches for here.</param>
/// <param name="IsToEnd">Whether it is over all up to the end of the file; what was added later is not signed by it.</param>
/// <remarks>Immutable.</remarks>
public sealed record CheckedSeal(string Place, SealMatch Match, string Why, string Form, string Signers, bool IsToEnd);
