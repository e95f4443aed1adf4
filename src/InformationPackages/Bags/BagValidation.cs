using System.Security.Cryptography;
using Lantai.Containers;
using Lantai.Words;

namespace Lantai.InformationPackages;

/// <summary>Validates a bag completely: structure and every digest.</summary>
public static class BagValidation
{
    /// <summary>
    /// Everything that is wrong or doubtful with the bag; it is valid when no finding is an error. What is no bag is an
    /// error as well. Reads every file once and writes nothing.
    /// </summary>
    public static IReadOnlyList<Finding> Validate(SubmissionSource source)
    {
        var findings = new List<Finding>();
        using var submission = Submission.Open(source, findings);
        if (submission is null)
        {
            return findings;
        }

        if (submission.IsStreamed)
        {
            PassThrough(submission, findings);
        }

        if (!submission.IsBag)
        {
            findings.Add(Finding.Error("BAG-024", submission.Name));
            return findings;
        }

        var bounded = new BoundedFindings(findings, "BAG-023", submission.Name);
        foreach (var entry in submission.IsStreamed ? [] : submission.Entries.Where(e => e.Declared.Count > 0))
        {
            Verify(entry, bounded);
        }

        if (submission.CheckUnchanged() is { } changed)
        {
            bounded.Add(changed);
        }

        bounded.Close();
        return findings;
    }

    /// <summary>Reads a streamed submission to its end; concluding it compares what it declares.</summary>
    private static void PassThrough(Submission submission, List<Finding> findings)
    {
        foreach (var entry in submission.ReadThrough(findings))
        {
            try
            {
                using var content = entry.OpenRead();
                using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
                var (buffer, length) = (new byte[1 << 16], 0L);
                for (var got = content.Read(buffer); got > 0; got = content.Read(buffer))
                {
                    hash.AppendData(buffer.AsSpan(0, got));
                    length += got;
                }

                submission.Note(entry, new Digest(hash.GetHashAndReset()), length);
            }
            catch (ContentException bad)
            {
                findings.Add(bad.Finding);
            }
        }

        submission.Conclude(findings);
    }

    private static void Verify(SubmissionEntry entry, BoundedFindings findings)
    {
        using var checks = new DigestChecks(entry.Declared);
        var buffer = new byte[1 << 16];
        try
        {
            using var content = entry.OpenRead();
            for (var got = content.Read(buffer); got > 0; got = content.Read(buffer))
            {
                checks.Append(buffer.AsSpan(0, got));
            }
        }
        catch (ContentException bad)
        {
            findings.Add(bad.Finding);
            return;
        }

        foreach (var finding in checks.Finish(entry.Name.Display))
        {
            findings.Add(finding);
        }
    }
}
