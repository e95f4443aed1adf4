using Lantai.ArchivalStorage;
using Lantai.StoreFormat;

namespace Lantai.Tests.ArchivalStorage;

/// <summary>How many frames a pack may hold, as sealing asks: what an earlier process appended counts too.</summary>
public sealed class OpenPackTests
{
    [Fact]
    public void A_pack_that_goes_on_expects_the_frames_of_the_process_before()
    {
        using var store = new TestStore();
        var disk = store.Disk;
        string path;
        PackHeader header;
        (Lantai.Words.Digest Last, ulong Batches, long End) before;
        using (var pack = OpenPack.Create(disk, store.Descriptor.Store, "unscheduled", store.Time.GetUtcNow()))
        {
            Fill(pack, 900);
            Assert.Equal(900, pack.Expected);
            (path, header, before) = (pack.Path, pack.Header, (pack.LastCommit, pack.Batches, pack.End));
        }

        using var resumed = OpenPack.Resume(header, disk.Open(path, DiskAccess.Write), before.Last, before.Batches, before.End);
        Assert.Equal(0, resumed.Expected); // nothing is known of the length of its frames
        Fill(resumed, 100);
        Assert.InRange(resumed.Expected, 1000, 1100);
    }

    private static void Fill(OpenPack pack, int frames)
    {
        for (var i = 0; i < frames; i++)
        {
            using var frame = Frame.Prepare(FrameKind.Blob, TestStore.Noise(200, i));
            _ = pack.Append(frame, 1);
        }

        pack.Commit();
    }
}
