using System.CommandLine;
using System.Security.Cryptography;
using System.Text;
using Lantai.Cli.Arguments;
using Lantai.Evidence;
using Lantai.Evidence.Certificates;
using Lantai.Evidence.Signatures;
using Lantai.Evidence.TimeStamps;
using Lantai.Words;

namespace Lantai.Cli.Commands.Signatures;

/// <summary>What the user gives to judge signatures with: trusted certificates, revocation lists and answers, time stamps. Nothing is fetched.</summary>
internal sealed class GivenEvidence(CommandContext context)
{
    /// <summary>The greatest length of a file that is held in memory, in bytes.</summary>
    public const int MaxLength = 1 << 28;

    private const string Begin = "-----BEGIN ";

    /// <summary>Whether each file was what it was given as; what is wrong was told.</summary>
    public bool IsReadable { get; private set; } = true;

    /// <summary>What is asked, with all that was given.</summary>
    /// <exception cref="WrongUseException">A file is not there, or too long.</exception>
    public EvidenceQuestion Question(Option<string[]> trust, Option<string[]> lists, Option<string[]>? answers = null, Option<string[]>? stamps = null) => new()
    {
        Anchors = [.. Each(trust, Certificates)],
        Now = context.World.Time.GetUtcNow(),
        RevocationLists = [.. Each(lists, name => Read(context, name) is var bytes && RevocationList.TryParse(bytes, out var list) ? [list] : None<RevocationList>("crl", bytes, name))],
        OcspResponses = answers is null ? [] : [.. Each(answers, name => Read(context, name) is var bytes && OcspResponse.TryParse(bytes, out var answer) ? [answer] : None<OcspResponse>("ocsp", bytes, name))],
        TimeStamps = stamps is null ? [] : [.. Each(stamps, Stamp)],
    };

    /// <summary>Reads a whole file; what stands there as text (PEM) is decoded.</summary>
    /// <exception cref="WrongUseException">It is not there, or too long.</exception>
    public static ReadOnlyMemory<byte> Read(CommandContext context, string said) => Decode(ReadBytes(context, said));

    /// <summary>Reads a whole file as it is.</summary>
    /// <exception cref="WrongUseException">It is not there, or too long.</exception>
    public static ReadOnlyMemory<byte> ReadBytes(CommandContext context, string said)
    {
        var path = context.PathOf(said);
        if (!File.Exists(path))
        {
            throw new WrongUseException("usage.path", ("path", path));
        }

        return new FileInfo(path).Length <= MaxLength
            ? File.ReadAllBytes(path)
            : throw new WrongUseException("usage.signature.long", ("path", path), ("most", Output.Amounts.Bytes(MaxLength)));
    }

    /// <summary>RFC 7468: one text of Base64 between two lines; what is no such text is given as it is, for its reader to refuse.</summary>
    private static ReadOnlyMemory<byte> Decode(ReadOnlyMemory<byte> file)
    {
        if (!file.Span.StartsWith("-----BEGIN "u8))
        {
            return file;
        }

        var text = Encoding.Latin1.GetString(file.Span);
        return PemEncoding.TryFind(text, out var found) && text.StartsWith(Begin, StringComparison.Ordinal) ? Convert.FromBase64String(text[found.Base64Data]) : file;
    }

    private IReadOnlyList<Certificate> Certificates(string name)
    {
        var certificates = CertificateFile.Read(ReadBytes(context, name), name, out var findings);
        context.Report.Tell(findings);
        IsReadable &= certificates.Count > 0;
        return certificates;
    }

    private IReadOnlyList<ReadOnlyMemory<byte>> Stamp(string name)
    {
        var bytes = Read(context, name);
        return TimeStampToken.TryParse(bytes, name, out _, out _) ? [bytes] : None<ReadOnlyMemory<byte>>("time-stamp", bytes, name);
    }

    private IReadOnlyList<T> None<T>(string piece, ReadOnlyMemory<byte> bytes, string name)
    {
        context.Report.Tell(Finding.Error(SignatureCodes.Malformed, name, ("piece", piece), ("length", bytes.Length)));
        IsReadable = false;
        return [];
    }

    private IEnumerable<T> Each<T>(Option<string[]> option, Func<string, IReadOnlyList<T>> read) => (context.Parsed.GetValue(option) ?? []).SelectMany(read);
}
