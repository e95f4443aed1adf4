namespace Lantai.Evidence.Certificates;

/// <summary>What a certificate lets its key be used for.</summary>
/// <remarks>Source: RFC 5280 section 4.2.1.3. The values are the bits as they stand, the first bit highest.</remarks>
[Flags]
public enum KeyUses
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Only to decrypt, with key agreement.</summary>
    DecipherOnly = 0x0080,

    /// <summary>Only to encrypt, with key agreement.</summary>
    EncipherOnly = 0x0100,

    /// <summary>To sign revocation lists.</summary>
    CrlSign = 0x0200,

    /// <summary>To sign certificates.</summary>
    KeyCertSign = 0x0400,

    /// <summary>To agree on keys.</summary>
    KeyAgreement = 0x0800,

    /// <summary>To encrypt contents.</summary>
    DataEncipherment = 0x1000,

    /// <summary>To encrypt keys.</summary>
    KeyEncipherment = 0x2000,

    /// <summary>To sign what the signer stands for (non-repudiation).</summary>
    ContentCommitment = 0x4000,

    /// <summary>To sign.</summary>
    DigitalSignature = 0x8000,
}
