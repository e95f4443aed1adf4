using Lantai.DataManagement;

namespace Lantai.Adapters;

/// <summary>What a collection holds: kept beside it, so that counting walks nothing.</summary>
/// <param name="Count">Number of documents.</param>
/// <param name="Highest">The highest id it ever held.</param>
internal readonly record struct CollectionFacts(long Count, long Highest);

/// <summary>An open database file as collections of checked documents: what one product has to do for a <see cref="FileDocumentStore"/>.</summary>
/// <remarks>Not safe for concurrent use. All members throw <see cref="DocumentStoreException"/> when the file fails them.</remarks>
internal interface IDocumentTables : IDisposable
{
    /// <summary>Names of the collections that hold documents, in ordinal order.</summary>
    IReadOnlyList<string> Collections { get; }

    /// <summary>The watermarks, in ordinal order of their names.</summary>
    IReadOnlyList<Watermark> ReadMarks();

    /// <summary>What a collection holds, also within a transaction.</summary>
    CollectionFacts Facts(string collection);

    /// <summary>As <see cref="IDocumentReader.Get"/>.</summary>
    Document? Get(string collection, long id);

    /// <summary>As <see cref="IDocumentReader.Scan"/>.</summary>
    IReadOnlyList<StoredDocument> Scan(string collection, long afterId, int take, bool descending);

    /// <summary>
    /// Documents whose lookup key begins with <paramref name="start"/> and whose text fits, in order of keys, those behind
    /// <paramref name="after"/> when it is given.
    /// </summary>
    IReadOnlyList<StoredDocument> Find(string collection, string field, string start, string? after, Func<string, bool> fits, int take);

    /// <summary>Begins a transaction.</summary>
    void Begin();

    /// <summary>Puts or replaces a document.</summary>
    void Put(string collection, long id, Document document);

    /// <summary>Removes a document.</summary>
    void Delete(string collection, long id);

    /// <summary>Sets a watermark.</summary>
    void Mark(Watermark watermark);

    /// <summary>Ends the transaction.</summary>
    void Commit();

    /// <summary>Undoes the transaction.</summary>
    void RollBack();
}
