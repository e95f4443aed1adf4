namespace Lantai.Evidence.Signatures;

/// <summary>By which standard a message is built.</summary>
public enum MessageForm
{
    /// <summary>Cryptographic Message Syntax, RFC 5652, or its forerunner PKCS #7.</summary>
    Cms,

    /// <summary>The same structure under the identifiers of GB/T 35275 (GM/T 0010).</summary>
    Gbt35275,
}
