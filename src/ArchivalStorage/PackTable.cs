using Lantai.StoreFormat;
using Lantai.Words;

namespace Lantai.ArchivalStorage;

/// <summary>A pack as the store knows it now.</summary>
/// <param name="Id">Pack id.</param>
/// <param name="Group">Retention group.</param>
/// <param name="Sealed">Its name when it is sealed.</param>
internal sealed record PackPlace(Guid Id, string Group, Digest? Sealed)
{
    /// <summary>Path of its file.</summary>
    public string Path => Sealed is { } name ? StoreLayout.Pack(name) : StoreLayout.OpenPack(Id);
}

/// <summary>Numbers for packs, so that an index entry names one in four bytes.</summary>
/// <remarks>Guarded by its own lock; entries are never removed, only moved when a pack is sealed.</remarks>
internal sealed class PackTable
{
    private readonly Lock _gate = new();
    private readonly List<PackPlace> _packs = [];
    private readonly Dictionary<Guid, uint> _numbers = [];

    /// <summary>All packs in the order of their numbers.</summary>
    public IReadOnlyList<PackPlace> All
    {
        get
        {
            lock (_gate)
            {
                return [.. _packs];
            }
        }
    }

    /// <summary>The pack of a number.</summary>
    public PackPlace this[uint number]
    {
        get
        {
            lock (_gate)
            {
                return _packs[checked((int)number)];
            }
        }
    }

    /// <summary>A pack by its id, or null.</summary>
    public PackPlace? this[Guid id]
    {
        get
        {
            lock (_gate)
            {
                return _numbers.TryGetValue(id, out var number) ? _packs[checked((int)number)] : null;
            }
        }
    }

    /// <summary>Adds a pack, or moves it, and gives its number.</summary>
    public uint Put(PackPlace pack)
    {
        lock (_gate)
        {
            if (_numbers.TryGetValue(pack.Id, out var known))
            {
                _packs[checked((int)known)] = pack;
                return known;
            }

            var number = checked((uint)_packs.Count);
            _packs.Add(pack);
            _numbers.Add(pack.Id, number);
            return number;
        }
    }
}

/// <summary>Where a frame lies.</summary>
/// <param name="Pack">Number of the pack in the <see cref="PackTable"/>.</param>
/// <param name="Offset">Offset of the frame.</param>
/// <param name="Length">Length of the frame.</param>
internal readonly record struct FramePlace(uint Pack, long Offset, long Length);
