using Lantai.StoreFormat;
using Lantai.Words;

namespace Lantai.ArchivalStorage;

/// <summary>
/// What one deposit has met: each content once, with its place where it was written. Bytes are looked up by digest and kind,
/// so each kind has a table of its own: a submission of a million files holds as many rows, and a kind in the key costs
/// eight bytes in each.
/// </summary>
internal sealed class SeenContents
{
    private readonly Dictionary<Digest, ShortPlace> _blobs = [];
    private readonly Dictionary<Digest, ShortPlace> _manifests = [];

    /// <summary>Those that were written by the deposit itself, with their places.</summary>
    public IEnumerable<(Digest Digest, FramePlace Place)> Written
    {
        get
        {
            foreach (var (digest, place) in _blobs)
            {
                if (place.Place is { } written)
                {
                    yield return (digest, written);
                }
            }

            foreach (var (digest, place) in _manifests)
            {
                if (place.Place is { } written)
                {
                    yield return (digest, written);
                }
            }
        }
    }

    /// <summary>Makes room for so many files: a table that grows holds both sizes for a moment.</summary>
    public void Expect(int files) => _blobs.EnsureCapacity(files);

    /// <summary>Whether it is met for the first time.</summary>
    public bool Add(Digest digest, FrameKind kind) => Table(kind).TryAdd(digest, default);

    /// <summary>Says where it was written.</summary>
    public void Put(Digest digest, FrameKind kind, FramePlace place) => Table(kind)[digest] = new ShortPlace(place);

    private Dictionary<Digest, ShortPlace> Table(FrameKind kind) => kind == FrameKind.Blob ? _blobs : _manifests;
}
