namespace Lantai.Evidence.Signatures;

/// <summary>Whether a signature is that of the certificate's key over the content: arithmetic alone, and nothing about trust.</summary>
public enum SignatureMatch
{
    /// <summary>It is.</summary>
    Matches,

    /// <summary>It is not, or the content is another.</summary>
    Differs,

    /// <summary>An algorithm is not known here, so nothing can be said.</summary>
    Unsupported,

    /// <summary>The certificate that the signer names is not there, so nothing can be said.</summary>
    NoCertificate,

    /// <summary>The content is not there, so nothing can be said.</summary>
    NoContent,
}
