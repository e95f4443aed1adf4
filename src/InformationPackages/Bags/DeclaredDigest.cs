using Lantai.Words;

namespace Lantai.InformationPackages;

/// <summary>A digest of a file that its package declares.</summary>
/// <param name="Algorithm">The algorithm; its <see cref="DigestAlgorithm.Name"/> is what reports write.</param>
/// <param name="Bytes">The digest.</param>
/// <param name="DeclaredIn">The name of the file in the package that declares it.</param>
public sealed record DeclaredDigest(DigestAlgorithm Algorithm, ReadOnlyMemory<byte> Bytes, string DeclaredIn);

/// <summary>Compares the bytes of one file with everything declared about them, in one pass.</summary>
/// <remarks>Not safe for concurrent use.</remarks>
public sealed class DigestChecks : IDisposable
{
    private readonly IReadOnlyList<DeclaredDigest> _declared;
    private readonly Dictionary<DigestAlgorithm, DigestMeter> _meters = [];

    /// <summary>Begins for a file with these declared digests; each algorithm runs once.</summary>
    public DigestChecks(IReadOnlyList<DeclaredDigest> declared)
    {
        _declared = declared;
        foreach (var digest in declared)
        {
            if (!_meters.ContainsKey(digest.Algorithm))
            {
                _meters.Add(digest.Algorithm, digest.Algorithm.Begin());
            }
        }
    }

    /// <summary>Takes the next bytes of the file.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        foreach (var meter in _meters.Values)
        {
            meter.Append(bytes);
        }
    }

    /// <summary>A finding for each declared digest that the bytes do not have. Call it once.</summary>
    public IReadOnlyList<Finding> Finish(string subject)
    {
        var found = _meters.ToDictionary(m => m.Key, m => m.Value.Finish());
        return
        [
            .. _declared.Where(d => !d.Bytes.Span.SequenceEqual(found[d.Algorithm])).Select(d => Differs(subject, d, found[d.Algorithm])),
        ];
    }

    internal static Finding Differs(string subject, DeclaredDigest declared, ReadOnlySpan<byte> found) => Finding.Error(
        "BAG-022", subject, ("algorithm", declared.Algorithm), ("manifest", declared.DeclaredIn),
        ("declared", Convert.ToHexStringLower(declared.Bytes.Span)), ("found", Convert.ToHexStringLower(found)));

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var meter in _meters.Values)
        {
            meter.Dispose();
        }
    }
}
