using System.Security.Cryptography;
using Lantai.Evidence.National;
using Lantai.StoreFormat;
using Lantai.Words;

namespace Lantai.ArchivalStorage;

/// <summary>Holds the further digests of manifest entries against their contents, which are read together where they are short.</summary>
/// <remarks>
/// spec/formats/manifest.md, "Reader MUST", MAN-008. Algorithms that are not known here are passed over, as the page allows.
/// Not safe for concurrent use.
/// </remarks>
internal sealed class DigestVerification(Vault vault, FindingSink found, CancellationToken cancellation) : IDisposable
{
    private const int Room = 8 << 20;

    private static readonly Dictionary<string, HashAlgorithmName> OfPlatform = new(StringComparer.Ordinal)
    {
        ["md5"] = HashAlgorithmName.MD5,
        ["sha1"] = HashAlgorithmName.SHA1,
        ["sha384"] = HashAlgorithmName.SHA384,
        ["sha512"] = HashAlgorithmName.SHA512,
    };

    private readonly ContentReader _reader = vault.NewReader();
    private readonly List<(ManifestEntry Entry, string Subject)> _waiting = [];
    private ContentBatch? _batch;

    /// <summary>Takes an entry; its content is looked at by the next <see cref="Finish"/> at the latest.</summary>
    public void Add(ManifestEntry entry, string subject)
    {
        if (entry.Content is not { } content || !entry.Digests.Keys.Any(IsKnown))
        {
            return;
        }

        _batch ??= _reader.NewBatch(Room);
        var answer = _batch.Add(content);
        if (answer == BatchAnswer.Full)
        {
            Finish();
            answer = _batch.Add(content);
        }

        if (answer == BatchAnswer.Waits)
        {
            _waiting.Add((entry, subject));
        }
        else
        {
            CheckAlone(entry, subject);
        }
    }

    /// <summary>Checks all that wait.</summary>
    public void Finish()
    {
        if (_waiting.Count == 0)
        {
            return;
        }

        _batch!.Compare();
        var (whole, bytes) = (new List<(ManifestEntry Entry, string Subject)>(), new List<ReadOnlyMemory<byte>>());
        for (var i = 0; i < _waiting.Count; i++)
        {
            if (_batch.TryGet(i, out var content))
            {
                whole.Add(_waiting[i]);
                bytes.Add(content);
            }
            else
            {
                CheckAlone(_waiting[i].Entry, _waiting[i].Subject); // finds a sound copy, or says what is wrong
            }
        }

        var sm3 = new Sm3Digest[whole.Count];
        Sm3Batch.Compute([.. bytes], sm3);
        for (var i = 0; i < whole.Count; i++)
        {
            var content = bytes[i];
            Compare(whole[i].Entry, whole[i].Subject, a => a == Sm3Digest.Algorithm ? sm3[i].ToString() : Convert.ToHexStringLower(CryptographicOperations.HashData(OfPlatform[a], content.Span)));
        }

        _waiting.Clear();
        _batch.Clear();
    }

    public void Dispose() => _reader.Dispose();

    private static bool IsKnown(string algorithm) => algorithm == Sm3Digest.Algorithm || OfPlatform.ContainsKey(algorithm);

    private void CheckAlone(ManifestEntry entry, string subject)
    {
        using var sm3 = new Sm3Hash();
        var others = entry.Digests.Keys.Where(OfPlatform.ContainsKey).ToDictionary(a => a, a => IncrementalHash.CreateHash(OfPlatform[a]), StringComparer.Ordinal);
        try
        {
            _reader.Read(
                entry.Content!.Value,
                piece =>
                {
                    sm3.Append(piece.Span);
                    foreach (var hash in others.Values)
                    {
                        hash.AppendData(piece.Span);
                    }
                },
                cancellation);
            Compare(entry, subject, a => a == Sm3Digest.Algorithm ? sm3.Finish().ToString() : Convert.ToHexStringLower(others[a].GetHashAndReset()));
        }
        catch (StorageException problem) when (problem.Problem is StorageProblem.NotFound or StorageProblem.Damaged)
        {
            found.Add(problem.Finding ?? Finding.Error(Codes.ContentMissing, subject, ("path", entry.Name.Display)));
        }
        finally
        {
            foreach (var hash in others.Values)
            {
                hash.Dispose();
            }
        }
    }

    private void Compare(ManifestEntry entry, string subject, Func<string, string> compute)
    {
        foreach (var (algorithm, said) in entry.Digests.Where(d => IsKnown(d.Key)))
        {
            var computed = compute(algorithm);
            if (computed != said)
            {
                found.Add(Finding.Error(Codes.EntryDigest, subject, ("path", entry.Name.Display), ("algorithm", algorithm), ("said", said), ("computed", computed)));
            }
        }
    }
}
