using Lantai.ArchivalStorage;

namespace Lantai.DataManagement;

/// <summary>
/// Port: a view of events. The same events in the same order make the same documents, whatever the clock, the machine
/// or the store: a rebuild must equal the live view.
/// </summary>
/// <remarks>Keeps no state of its own, so that one instance may serve several replays at a time.</remarks>
public interface IProjection
{
    /// <summary>Its name, unique within a store.</summary>
    string Name { get; }

    /// <summary>Raised whenever its documents or lookup fields change form: the view is then made anew.</summary>
    int Version { get; }

    /// <summary>Types of the events that it wants to see.</summary>
    IReadOnlySet<string> EventTypes { get; }

    /// <summary>The lookup fields that its collections need.</summary>
    IReadOnlyList<LookupField> Lookups { get; }

    /// <summary>Begins to apply the events of one transaction. How a ledger is cut into transactions does not change what comes of it.</summary>
    IProjectionPass Begin(IDocumentWriter writer);
}

/// <summary>What a projection does within one transaction.</summary>
public interface IProjectionPass
{
    /// <summary>Applies the next event. A part that is missing or damaged is ordinary input (spec/formats/event.md, "Replay").</summary>
    void Apply(StoredEvent e);

    /// <summary>Writes what is written once for all events of the transaction, such as sums.</summary>
    void End();
}
