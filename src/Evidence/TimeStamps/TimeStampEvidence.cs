using Lantai.Evidence.Certificates;
using Lantai.Words;

namespace Lantai.Evidence.TimeStamps;

/// <summary>What a time stamp is found to be.</summary>
/// <param name="Verdict">What is to be held of it; valid only with a way to a trusted authority.</param>
/// <param name="Time">The time that it says.</param>
/// <param name="Token">The token as it was received.</param>
/// <param name="Chain">The judgement of the authority's certificate; null when the certificate is not there.</param>
/// <param name="Findings">All that was found, the chain's findings included.</param>
/// <remarks>Immutable, safe for concurrent use.</remarks>
public sealed record TimeStampEvidence(
    EvidenceVerdict Verdict, DateTimeOffset Time, ReadOnlyMemory<byte> Token, CertificateChain? Chain, IReadOnlyList<Finding> Findings);
