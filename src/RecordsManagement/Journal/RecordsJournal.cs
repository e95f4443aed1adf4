using Lantai.ArchivalStorage;
using Lantai.DataManagement;
using Lantai.Words;

namespace Lantai.RecordsManagement;

/// <summary>
/// Where the law of records is decided and written down: one decision at a time, each against all that was decided
/// before it, each change an event of the ledger.
/// </summary>
/// <remarks>Safe for concurrent use: decisions follow one another. spec/formats/records.md.</remarks>
public sealed class RecordsJournal
{
    private readonly Lock _decisions = new();
    private readonly Vault _vault;
    private readonly Func<IDocumentReader> _views;
    private readonly Func<KeyIndex> _keys;

    /// <summary>Takes the store and what follows it.</summary>
    /// <param name="vault">Keeps the events.</param>
    /// <param name="views">The views of <see cref="RecordsViews"/>, brought up to the ledger at each call.</param>
    /// <param name="keys">The key index, brought up to the ledger at each call.</param>
    /// <param name="time">The clock.</param>
    public RecordsJournal(Vault vault, Func<IDocumentReader> views, Func<KeyIndex> keys, TimeProvider time) =>
        (_vault, _views, _keys, Time) = (vault, views, keys, time);

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; }

    /// <summary>Whether the store follows a records profile, so that cases are archived by its door alone.</summary>
    public bool HasRecordsProfile => _vault.Descriptor.Records is not null;

    /// <summary>The views, brought up to the ledger.</summary>
    public IDocumentReader Views => _views();

    /// <summary>Sequence of the first event that made these parts its key; null while nobody has. Exact, unlike a view.</summary>
    /// <param name="register">What the key belongs to, such as <c>case</c>.</param>
    /// <param name="parts">The parts of the key.</param>
    public long? FirstWith(string register, params ReadOnlySpan<string> parts) => _keys().Named([register, .. parts]);

    /// <summary>Sequence of the first event that used a reference code; null while nobody has. Exact, unlike a view.</summary>
    public long? FirstWithCode(string referenceCode) => _keys().ReferenceCode(referenceCode);

    /// <summary>
    /// Decides and carries out. Nobody decides beside it, so what it reads does not change before its events are on disk.
    /// </summary>
    /// <param name="decide">Reads views and says what follows; may call <see cref="FirstWith"/> and <see cref="FirstWithCode"/>.</param>
    /// <param name="actor">Who acts.</param>
    /// <exception cref="StorageException">The disk failed: events before the failing one have happened.</exception>
    public DecisionOutcome Decide(Func<IDocumentReader, Decision> decide, Actor actor)
    {
        ArgumentNullException.ThrowIfNull(decide);
        lock (_decisions)
        {
            var views = _views();
            var gaps = RecordsGaps.FindingsOf(views);
            var decision = decide(views);
            List<Finding> findings = [.. gaps, .. decision.Findings];
            return decision.IsRefused
                ? new DecisionOutcome(findings, [])
                : new DecisionOutcome(findings, _vault.Append(decision.Events, actor));
        }
    }
}
