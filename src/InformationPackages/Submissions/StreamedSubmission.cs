using Lantai.Containers;
using Lantai.Words;

namespace Lantai.InformationPackages;

/// <summary>
/// A submission that came as a compressed stream, a tar or one file. It is unpacked once: contents are given out in the
/// container's order, and what they are to be called and compared with is judged when the last has passed.
/// </summary>
internal sealed class StreamedSubmission : ContainerSubmission
{
    private readonly ContainerFile _file;
    private readonly SubmissionSource _source;
    private readonly ContainerKind _kind;
    private readonly EntryTable _table;
    private readonly StreamedDigests _digests = new();
    private readonly Dictionary<int, byte[]> _tagFiles = [];
    private SecondReads _again;
    private bool _isWhole;
    private bool _isConcluded;

    private StreamedSubmission(ContainerFile file, ContainerKind kind, SubmissionForm form, SubmissionSource source, EntryTable table)
        : base(form, file, table) => (_file, _kind, _source, _table) = (file, kind, source, table);

    public override bool IsStreamed => true;

    public override IEnumerable<SubmissionEntry> Entries =>
        _isConcluded ? Order.Select(row => new Entry(this, row, DeclaredOf(row), null)) : throw new InvalidOperationException("The submission has not passed yet.");

    internal static StreamedSubmission Open(ContainerFile file, ContainerKind kind, SubmissionForm form, SubmissionSource source) =>
        new(file, kind, form, source, new EntryTable(source.DeclaredNames));

    public override IEnumerable<SubmissionEntry> ReadThrough(List<Finding> findings)
    {
        if (_table.Count > 0)
        {
            throw new InvalidOperationException("The submission passes once.");
        }

        using var passing = new PassingContent(_digests, _tagFiles);
        using var pass = OpenPass(findings);
        while (pass.MoveNext())
        {
            var row = _table.Add(pass);
            if (!pass.IsFolder)
            {
                yield return new Entry(this, row, [], () => passing.Open(pass, row));
            }
        }

        _isWhole = pass.IsWhole;
    }

    public override void Note(SubmissionEntry entry, Digest content, long length)
    {
        var row = entry.ContainerOrder ?? throw new ArgumentException("The entry is of another submission.", nameof(entry));
        _digests[row] = content;
        _table.SetLength(row, length);
    }

    public override void Conclude(List<Finding> findings)
    {
        if (_isConcluded)
        {
            throw new InvalidOperationException("The submission was concluded.");
        }

        _isConcluded = true;
        var bounded = new BoundedFindings(findings, "SIP-012", Name);
        try
        {
            if (!_isWhole && !findings.Exists(f => f.Severity == Severity.Error))
            {
                bounded.Add(Finding.Error("SIP-010", Name)); // nobody read it to its end
            }

            if (_isWhole && Examine(_source, bounded) && !bounded.HasErrors)
            {
                Compare(bounded);
            }
        }
        catch (ContentException bad)
        {
            bounded.Add(bad.Finding);
        }

        if (_again.Files > 0)
        {
            bounded.Add(Finding.Information("SIP-014", Name, ("count", _again.Files), ("bytes", _again.Bytes), ("passes", _again.Passes)));
        }

        bounded.Close();
    }

    protected override Stream OpenTagFile(int row) =>
        _tagFiles.TryGetValue(row, out var kept) ? new MemoryStream(kept, writable: false) : OpenAgain(row);

    private ContainerPass OpenPass(List<Finding> findings) => ContainerPass.Open(_file.OpenRead(), _kind, Name, _source.Limits, findings);

    /// <summary>Compares what is declared with what passed; what was not computed then is read a second time, all in one pass.</summary>
    private void Compare(BoundedFindings findings)
    {
        var missing = new SortedSet<int>();
        foreach (var row in Order)
        {
            foreach (var declared in DeclaredOf(row))
            {
                var found = _digests.Find(row, declared.Algorithm);
                if (found.IsEmpty)
                {
                    _ = missing.Add(row);
                }
                else if (!found.SequenceEqual(declared.Bytes.Span))
                {
                    findings.Add(DigestChecks.Differs(Rows.EntryNameOf(row).Display, declared, found));
                }
            }
        }

        if (missing.Count > 0)
        {
            ReadAgain(missing, findings);
        }
    }

    private void ReadAgain(SortedSet<int> rows, BoundedFindings findings)
    {
        var wrong = new List<Finding>();
        var last = rows.Max;
        using var pass = OpenPass(wrong);
        var row = -1;
        while (row < last && pass.MoveNext())
        {
            row++;
            if (rows.Contains(row) && !CompareAgain(row, pass.OpenContent(), findings))
            {
                findings.Add(Finding.Error("SIP-010", Name));
            }
        }

        if (row != last || pass.HasErrors)
        {
            findings.Add(Finding.Error("SIP-010", Name));
        }

        _again = _again with { Passes = _again.Passes + 1 };
    }

    /// <summary>Whether the second read gave the bytes of the first.</summary>
    private bool CompareAgain(int row, Stream content, BoundedFindings findings)
    {
        using var checks = new DigestChecks([.. DeclaredOf(row).Where(d => _digests.Find(row, d.Algorithm).IsEmpty)]);
        using var hash = System.Security.Cryptography.IncrementalHash.CreateHash(System.Security.Cryptography.HashAlgorithmName.SHA256);
        var buffer = new byte[1 << 17];
        for (var got = content.Read(buffer); got > 0; got = content.Read(buffer))
        {
            checks.Append(buffer.AsSpan(0, got));
            hash.AppendData(buffer.AsSpan(0, got));
            _again = _again with { Bytes = _again.Bytes + got };
        }

        _again = _again with { Files = _again.Files + 1 };
        foreach (var finding in checks.Finish(Rows.EntryNameOf(row).Display))
        {
            findings.Add(finding);
        }

        return new Digest(hash.GetHashAndReset()) == _digests[row];
    }

    private PassedOver OpenAgain(int row)
    {
        var pass = OpenPass([]);
        for (var at = -1; at < row; at++)
        {
            if (!pass.MoveNext())
            {
                pass.Dispose();
                throw new ContentException(Finding.Error("SIP-010", Name));
            }
        }

        _again = new SecondReads(_again.Files + 1, _again.Bytes + _table.LengthOf(row), _again.Passes + 1);
        return new PassedOver(pass);
    }

    private readonly record struct SecondReads(long Files, long Bytes, int Passes);

    /// <summary>One content of a pass of its own.</summary>
    private sealed class PassedOver(ContainerPass pass) : ForwardStream
    {
        private readonly Stream _content = pass.OpenContent();

        public override int Read(Span<byte> buffer) => _content.Read(buffer);

        protected override void Dispose(bool disposing)
        {
            pass.Dispose();
            base.Dispose(disposing);
        }
    }

    private sealed class Entry(StreamedSubmission submission, int row, IReadOnlyList<DeclaredDigest> declared, Func<Stream>? open)
        : SubmissionEntry(submission._table.EntryNameOf(row), submission._table.IsFolder(row) ? EntryKind.Folder : EntryKind.File, declared)
    {
        public override long? Length => Kind == EntryKind.Folder || (open is not null && submission._kind is ContainerKind.Gzip or ContainerKind.Zstd) ? null : submission._table.LengthOf(row);

        public override DateTimeOffset? Modified => submission._table.ModifiedOf(row);

        public override int? ContainerOrder => row;

        public override Digest? Content => open is null && Kind == EntryKind.File ? submission._digests[row] : null;

        public override Finding? CheckUnchanged() => null; // the container as a whole is compared, at the end

        private protected override Stream Open() => open is null ? submission.OpenAgain(row) : open();
    }
}
