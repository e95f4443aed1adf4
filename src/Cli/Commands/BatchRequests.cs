using System.Collections;
using Lantai.Ingest;
using Lantai.Words;

namespace Lantai.Cli.Commands;

/// <summary>The submissions of a batch's folder: each is made when it is its turn, so that a batch of millions costs its names.</summary>
internal sealed class BatchRequests(IReadOnlyList<EntryName> children, Func<EntryName, IngestRequest> make) : IReadOnlyList<IngestRequest>
{
    public int Count => children.Count;

    public IngestRequest this[int index] => make(children[index]);

    public IEnumerator<IngestRequest> GetEnumerator() => children.Select(make).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
