namespace Lantai.DataManagement;

/// <summary>Why a document store cannot go on.</summary>
public enum DocumentStoreProblem
{
    /// <summary>What it holds cannot be trusted: discard it and replay the ledger.</summary>
    Damaged,

    /// <summary>Its device, its permissions or another process stand in the way; discarding it does not help.</summary>
    Unavailable,
}

/// <summary>A document store cannot be read or written. Nothing is lost by it: the store is a cache.</summary>
/// <param name="problem">What is wrong.</param>
/// <param name="path">The store's file, or empty.</param>
/// <param name="message">What happened.</param>
/// <param name="cause">What the store's product said.</param>
public sealed class DocumentStoreException(DocumentStoreProblem problem, string path, string message, Exception? cause)
    : IOException(message, cause)
{
    /// <summary>What is wrong.</summary>
    public DocumentStoreProblem Problem { get; } = problem;

    /// <summary>The store's file, or empty.</summary>
    public string Path { get; } = path;
}
