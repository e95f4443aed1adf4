using Lantai.Words;

namespace Lantai.DataManagement;

/// <summary>A document and its id.</summary>
/// <param name="Id">Id within the collection, from 1.</param>
/// <param name="Document">The document.</param>
public readonly record struct StoredDocument(long Id, Document Document);

/// <summary>How far a projection has been applied.</summary>
/// <param name="Projection">Name of the projection.</param>
/// <param name="Version">Its version.</param>
/// <param name="Next">The sequence of the first event not yet applied: the ledger size it stands for, above 0.</param>
/// <param name="LastLeaf">SHA-256 of the bytes of the leaf at <paramref name="Next"/> - 1.</param>
public sealed record Watermark(string Projection, int Version, long Next, Digest LastLeaf);

/// <summary>Reads documents.</summary>
public interface IDocumentReader
{
    /// <summary>A document, or null.</summary>
    Document? Get(string collection, long id);

    /// <summary>
    /// Up to <paramref name="take"/> documents in order of id: those after <paramref name="afterId"/>, or when
    /// <paramref name="descending"/> those before it, the highest first (begin with <see cref="long.MaxValue"/>).
    /// </summary>
    IReadOnlyList<StoredDocument> Scan(string collection, long afterId, int take, bool descending = false);

    /// <summary>Number of documents in a collection, without counting them.</summary>
    long Count(string collection);

    /// <summary>
    /// Up to <paramref name="take"/> documents whose member equals the value, ordinally, in order of
    /// <see cref="LookupField.Key"/>.
    /// </summary>
    /// <exception cref="ArgumentException">The member was not declared as a lookup field.</exception>
    IReadOnlyList<StoredDocument> Find(string collection, string field, string value, int take = int.MaxValue);

    /// <summary>As <see cref="Find"/>, for members that begin with the prefix, ordinally.</summary>
    /// <exception cref="ArgumentException">The member was not declared as a lookup field.</exception>
    IReadOnlyList<StoredDocument> FindPrefix(string collection, string field, string prefix, int take);

    /// <summary>
    /// As <see cref="FindPrefix"/>, going on behind a key: the next page of a long list. Texts that are the same in their first
    /// 200 units follow one another by id.
    /// </summary>
    /// <param name="collection">The collection.</param>
    /// <param name="field">A lookup field of it.</param>
    /// <param name="prefix">What the member begins with.</param>
    /// <param name="after">The <see cref="LookupField.Key"/> of the last document seen; null to begin. It need not exist any more.</param>
    /// <param name="take">The most documents.</param>
    /// <exception cref="ArgumentException">The member was not declared as a lookup field.</exception>
    IReadOnlyList<StoredDocument> FindAfter(string collection, string field, string prefix, string? after, int take);
}

/// <summary>Changes documents within one transaction, and sees what it changed. Not to be used after it.</summary>
public interface IDocumentWriter : IDocumentReader
{
    /// <summary>Adds a document under one past the highest id the collection ever held; gives the id.</summary>
    long Add(string collection, Document document);

    /// <summary>Puts a document, replacing the one with that id.</summary>
    void Put(string collection, long id, Document document);

    /// <summary>Removes a document; nothing happens when it is not there.</summary>
    void Delete(string collection, long id);

    /// <summary>Sets how far a projection has been applied, in the same transaction as the documents.</summary>
    void Mark(Watermark watermark);
}

/// <summary>
/// Port: a store of small documents in named collections. It holds views of events and nothing else, may be lost at
/// any time, and is made again by <see cref="Replay"/>.
/// </summary>
/// <remarks>
/// Safe for concurrent use: operations follow one another. A crash may lose what <see cref="Apply"/> returned from, but
/// only whole transactions and with their watermark, so that a replay brings it back; or the store reports itself damaged.
/// All members throw <see cref="DocumentStoreException"/> when the store cannot be read or written. Every reference to
/// a collection throws <see cref="ArgumentException"/> for a name that <see cref="CollectionName"/> refuses.
/// </remarks>
public interface IDocumentStore : IDocumentReader, IDisposable
{
    /// <summary>Names of the collections that hold documents, in ordinal order.</summary>
    IReadOnlyList<string> Collections { get; }

    /// <summary>How far each projection has been applied, in ordinal order of their names.</summary>
    IReadOnlyList<Watermark> Watermarks { get; }

    /// <summary>Runs changes as one transaction: all of them or, when the action throws, none.</summary>
    /// <exception cref="InvalidOperationException">Called from within a transaction.</exception>
    void Apply(Action<IDocumentWriter> changes);

    /// <summary>Removes all documents and watermarks and what they left behind.</summary>
    void Clear();
}
