using Lantai.StoreFormat;

namespace Lantai.ArchivalStorage;

/// <summary>An event on its way into a group commit, with the frames that it brings.</summary>
/// <remarks>Made and filled by one deposit; from the moment it is queued until <see cref="Done"/> it is the committer's.</remarks>
internal sealed class PendingCommit(EventDraft draft, Guid account, EventDetail? detail, PreparedFrame? detailFrame) : IDisposable
{
    public EventDraft Draft { get; } = draft;

    public Guid Account { get; } = account;

    public EventDetail? Detail { get; } = detail;

    public PreparedFrame? DetailFrame { get; } = detailFrame;

    /// <summary>Frames that were not written yet, in order.</summary>
    public IReadOnlyList<PreparedFrame> Frames { get; init; } = [];

    /// <summary>What a deposit brings, with its place where it wrote it to the lane that it holds.</summary>
    public SeenContents? Placed { get; private set; }

    /// <summary>The lane whose turn the deposit holds, because it wrote to it before; null for the group's.</summary>
    public OpenPack? Held { get; init; }

    /// <summary>Gives large objects their names and says what the record calls them.</summary>
    public Func<IEnumerable<Guid>>? Names { get; init; }

    /// <summary>Where its waiting deposit hears that the event is on disk, or why not.</summary>
    public TaskCompletionSource<CommittedEvent> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The same event with what a deposit brings. The deposit keeps its frames' memory.</summary>
    public PendingCommit With(
        IReadOnlyList<PreparedFrame> frames, SeenContents placed, OpenPack? held, Func<IEnumerable<Guid>>? names) =>
        new(Draft, Account, Detail, DetailFrame) { Frames = frames, Placed = held is null ? null : placed, Held = held, Names = names };

    /// <summary>Lets go of what a deposit placed: for a million contents it is too much to keep while their pack is sealed.</summary>
    public void ForgetPlaces() => Placed = null;

    public void Dispose() => DetailFrame?.Dispose();
}

/// <summary>A place in twelve bytes, because a submission of a million files holds as many: the default is none yet.</summary>
internal readonly struct ShortPlace(FramePlace place)
{
    private readonly uint _offset = checked((uint)(place.Offset / FrameHeader.Alignment));
    private readonly uint _length = checked((uint)(place.Length / FrameHeader.Alignment));

    public FramePlace? Place => _length == 0 ? null : new FramePlace(Pack, (long)_offset * FrameHeader.Alignment, (long)_length * FrameHeader.Alignment);

    private uint Pack { get; } = place.Pack;
}
