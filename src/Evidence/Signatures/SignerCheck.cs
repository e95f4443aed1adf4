using Lantai.Evidence.Certificates;
using Lantai.Words;

namespace Lantai.Evidence.Signatures;

/// <summary>What one signer's signature is found to be: arithmetic, and what the signer says of itself. Nothing here is about trust.</summary>
/// <param name="Signer">The signer as the message names it: issuer and number of its certificate, or its key's identifier.</param>
/// <param name="Match">Whether the signature is that key's over that content.</param>
/// <param name="Certificate">The certificate that the signer names; null when it is not there.</param>
/// <param name="DigestAlgorithm">The object identifier of the digest.</param>
/// <param name="SignatureAlgorithm">The object identifier of the signature.</param>
/// <param name="Signature">The signature's bytes, which a time stamp is of.</param>
/// <param name="SigningTime">When the signer says that it signed; null when it does not. It proves no time.</param>
/// <param name="TimeStamps">The time stamp tokens of the signature that came with it, as they were received.</param>
/// <param name="Findings">All that was found.</param>
/// <remarks>Immutable, safe for concurrent use.</remarks>
public sealed record SignerCheck(
    string Signer, SignatureMatch Match, Certificate? Certificate, string DigestAlgorithm, string SignatureAlgorithm, ReadOnlyMemory<byte> Signature,
    DateTimeOffset? SigningTime, IReadOnlyList<ReadOnlyMemory<byte>> TimeStamps, IReadOnlyList<Finding> Findings);
