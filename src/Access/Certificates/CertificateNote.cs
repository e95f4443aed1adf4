using Lantai.Words;

namespace Lantai.Access.Certificates;

/// <summary>The text that is signed of a certificate: what it is, the log, and a line for each of its files as sha256sum writes them.</summary>
/// <remarks>Pure. spec/formats/certificate.md.</remarks>
internal static class CertificateNote
{
    private const string Title = "lantai certificate v1";

    /// <summary>The files that a note speaks of, in the order of its lines.</summary>
    public static IReadOnlyList<string> Paths { get; } = [UseCertificate.Path, UseCertificate.PagePath(Language.English), UseCertificate.PagePath(Language.Chinese)];

    /// <summary>The text.</summary>
    public static string Of(string origin, IReadOnlyList<Digest> digests) =>
        $"{Title}\n{origin}\n{string.Concat(Paths.Zip(digests, (path, digest) => $"{digest}  {path}\n"))}";

    /// <summary>Reads such a text; null when it has not the form.</summary>
    public static (string Origin, IReadOnlyList<Digest> Digests)? Read(string text)
    {
        if (text.Split('\n') is not [Title, { Length: > 0 } origin, .. var lines, ""] || lines.Length != Paths.Count)
        {
            return null;
        }

        var digests = new List<Digest>();
        for (var i = 0; i < lines.Length; i++)
        {
            if (!lines[i].EndsWith("  " + Paths[i], StringComparison.Ordinal) || !Digest.TryParse(lines[i][..^(Paths[i].Length + 2)], out var digest))
            {
                return null;
            }

            digests.Add(digest);
        }

        return (origin, digests);
    }
}
