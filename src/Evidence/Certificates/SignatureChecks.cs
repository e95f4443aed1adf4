using Lantai.Evidence.Asn1;

namespace Lantai.Evidence.Certificates;

/// <summary>Checks signatures of certificates and of what issuers say, each once, and not without end.</summary>
/// <remarks>One for one judgement; not safe for concurrent use.</remarks>
internal sealed class SignatureChecks
{
    /// <summary>How many signatures are checked for one judgement.</summary>
    public const int Most = 256;

    private readonly Dictionary<(ReadOnlyMemory<byte> Signed, Certificate By), bool> _known = [];
    private int _left = Most;

    /// <summary>Whether there was more to look at than is looked at.</summary>
    public bool IsExhausted { get; private set; }

    /// <summary>Remembers that there was more.</summary>
    public void GiveUp() => IsExhausted = true;

    public bool IsSigned(Certificate certificate, Certificate by) => IsSigned(certificate.Algorithm, certificate.Signed, certificate.Signature, by);

    /// <summary>Whether the signature is that of the certificate's key; false for algorithms that are not known, and when too much was asked.</summary>
    public bool IsSigned(AlgorithmName algorithm, ReadOnlyMemory<byte> signed, ReadOnlyMemory<byte> signature, Certificate by)
    {
        if (_known.TryGetValue((signed, by), out var answer))
        {
            return answer;
        }

        if (SignatureScheme.Of(algorithm) is not { } scheme || by.Key is not { } key)
        {
            return false;
        }

        if (_left == 0)
        {
            IsExhausted = true;
            return false;
        }

        _left--;
        return _known[(signed, by)] = key.VerifiesMessage(scheme, signed, signature);
    }
}
