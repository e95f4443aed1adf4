using Lantai.Words;

namespace Lantai.Characterization.Examination;

/// <summary>What an examiner has found so far about one file. Lists are bounded: a hostile file fills no memory.</summary>
/// <param name="subject">How findings call the file.</param>
/// <param name="family">How it is looked into.</param>
internal sealed class ExaminationNotes(string subject, FileFamily family)
{
    private const int MostMarks = 64;
    private const int MostOfKind = 16;
    private const int MostPlace = 200;

    private readonly List<EncryptionMark> _encryption = [];
    private readonly List<ActiveMark> _active = [];
    private readonly SortedDictionary<string, object> _technical = new(StringComparer.Ordinal);
    private readonly List<Finding> _findings = [];
    private readonly List<PdfSignature> _signatures = [];
    private Readability _readability = Readability.NotExamined;

    /// <summary>How findings call the file.</summary>
    public string Subject => subject;

    /// <summary>How the file is looked into.</summary>
    public FileFamily Family => family;

    /// <summary>What is known about readability so far.</summary>
    public Readability Readability => _readability;

    /// <summary>Whether an encryption was found.</summary>
    public bool IsEncrypted => _encryption.Count > 0;

    /// <summary>Whether a file inside was not looked into.</summary>
    public bool HasUnseen { get; private set; }

    /// <summary>Notes an encryption.</summary>
    public void Encrypted(string kind, string place) => Mark(_encryption, new EncryptionMark(kind, Cut(place)));

    /// <summary>Notes a signature.</summary>
    public void Signed(PdfSignature signature) => Mark(_signatures, signature);

    /// <summary>How many bytes the parts of the file have unpacked to so far, those of files inside it included.</summary>
    public long Unpacked { get; set; }

    /// <summary>Notes something that acts or reaches outside; at most 16 of one kind, so that many links hide no macro.</summary>
    public void Active(string kind, string place)
    {
        if (_active.Count(m => m.Kind == kind) < MostOfKind)
        {
            Mark(_active, new ActiveMark(kind, Cut(place)));
        }
    }

    /// <summary>It was read to its end; does not take back that it is broken.</summary>
    public void Readable() => _readability = _readability == Readability.NotExamined ? Readability.Readable : _readability;

    /// <summary>It is broken, and where (FMT-040): the part, and what is wrong as a text key without its prefix <c>fault.</c>.</summary>
    public void Broken(string part, string fault)
    {
        _readability = Readability.Broken;
        Tell(Finding.Warning("FMT-040", subject, ("part", Cut(part)), ("fault", fault)));
    }

    /// <summary>It could not be checked, and why (FMT-041): a text key without its prefix <c>unchecked.</c>. Does not take back that it is broken.</summary>
    public void NotCheckable(string why)
    {
        _readability = _readability == Readability.Broken ? Readability.Broken : Readability.NotCheckable;
        Tell(Finding.Information("FMT-041", subject, ("why", why)));
    }

    /// <summary>A file inside was not looked into, and why (FMT-041): nobody knows whether it is encrypted, so the whole could not be checked.</summary>
    public void Unseen(string place, string why)
    {
        HasUnseen = true;
        _readability = _readability == Readability.Broken ? Readability.Broken : Readability.NotCheckable;
        Tell(Finding.Information("FMT-041", subject + "/" + place, ("why", why)));
    }

    /// <summary>Adds a finding, its arguments cut as texts of the file are.</summary>
    public void Tell(Finding finding) =>
        Mark(_findings, finding with { Arguments = [.. finding.Arguments.Select(a => KeyValuePair.Create(a.Key, Cut(a.Value)))] });

    /// <summary>Sets a technical property; the last value stands.</summary>
    public void Set(string name, string? value)
    {
        if (!string.IsNullOrWhiteSpace(value))
        {
            _technical[name] = Cut(value);
        }
    }

    /// <summary>Sets a technical property; the last value stands.</summary>
    public void Set(string name, long value) => _technical[name] = value;

    /// <summary>Sets a technical property; the last value stands.</summary>
    public void Set(string name, bool value) => _technical[name] = value;

    /// <summary>Sets a technical property that has several values; the first 64 stand.</summary>
    public void Set(string name, IEnumerable<string> values)
    {
        var list = values.Take(MostMarks).Select(Cut).ToList();
        if (list.Count > 0)
        {
            _technical[name] = list;
        }
    }

    /// <summary>Adds what another look at the same file found. Broken outweighs not checkable, and that outweighs readable.</summary>
    public void Add(FileExamination other)
    {
        foreach (var mark in other.Encryption)
        {
            Encrypted(mark.Kind, mark.Place);
        }

        foreach (var mark in other.Active)
        {
            Active(mark.Kind, mark.Place);
        }

        foreach (var signature in other.Signatures)
        {
            Signed(signature);
        }

        foreach (var (name, value) in other.Technical)
        {
            _technical[name] = value;
        }

        foreach (var finding in other.Findings)
        {
            Tell(finding);
        }

        _readability = Weight(other.Readability) > Weight(_readability) ? other.Readability : _readability;
    }

    /// <summary>Adds technical properties that are not known yet: what was read here stands.</summary>
    public void AddMissing(IReadOnlyDictionary<string, object> technical)
    {
        foreach (var (name, value) in technical.Where(t => !_technical.ContainsKey(t.Key)))
        {
            _technical[name] = value is string text ? Cut(text) : value;
        }
    }

    /// <summary>What was found, all in all.</summary>
    public FileExamination ToExamination() => new(family, _readability, _encryption, _active, _technical, _findings) { Signatures = _signatures };

    private static int Weight(Readability readability) => readability switch
    {
        Readability.Broken => 3,
        Readability.NotCheckable => 2,
        Readability.Readable => 1,
        _ => 0,
    };

    /// <summary>The beginning of a text that the file gave.</summary>
    /// <remarks>It is shown on terminals and written as canonical JSON: neither takes control characters or halves of surrogate pairs.</remarks>
    internal static string Cut(string text)
    {
        var clean = new System.Text.StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            if (clean.Length >= MostPlace)
            {
                break;
            }

            _ = clean.Append(System.Text.Rune.IsControl(rune) ? " " : rune.ToString());
        }

        return clean.ToString().Trim();
    }

    private static void Mark<T>(List<T> list, T item)
    {
        if (list.Count < MostMarks && !list.Contains(item))
        {
            list.Add(item);
        }
    }
}
