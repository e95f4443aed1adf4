using Lantai.ArchivalStorage;
using Lantai.DataManagement;
using Lantai.StoreFormat;
using Lantai.Tests.House;

namespace Lantai.Tests.EndToEnd;

/// <summary>Inspection in storage, at handing over and at receipt, through the real program.</summary>
public sealed class InspectingTests
{
    private static readonly string Packages = Path.Combine(Tree.Root, "spec/vectors/packages");

    [Fact]
    public void A_flipped_bit_in_storage_ends_with_1_and_names_package_and_file()
    {
        using var shop = new Workshop().WithStore();
        Assert.Equal(0, shop.Run("ingest", Path.Combine(Packages, "eep/good/external-content"), "--retention", "D30", "--completed", "2025-05-08").Code);
        Assert.Equal(0, shop.Run("seal").Code);

        var clean = shop.Run("inspect", "run", "--sample", "100%", "--seed", "2026-11", "--json");
        Assert.True(clean.Code == 0, clean.ToString());
        Assert.Equal((1L, "2026-11", 0L), ((long)clean.Json["chosen"]!, (string)clean.Json["seed"]!, (long)clean.Json["overdue"]!));
        Assert.Equal(0, (long)shop.Run("inspect", "run", "--due", "--json").Json["chosen"]!);

        Flip(shop);
        var bad = shop.Run("inspect", "run", "--json");

        Assert.True(bad.Code == 1, bad.ToString());
        var failed = Assert.Single(bad.Json["failed"]!.AsArray());
        var rule = Assert.Single(failed!["rules"]!.AsArray(), r => (string)r!["rule"]! == "FN.BC.AUTH.AIP-UNCHANGED");
        Assert.Equal("INS-510", (string)Assert.Single(rule!["findings"]!.AsArray())!["code"]!);
        Assert.Contains("已被改动", shop.Run("inspect", "run", "--lang", "zh").Out, StringComparison.Ordinal);
        Assert.Equal("failed", (string)shop.Run("inspect", "compare", (string)failed["number"]!, (string)failed["number"]!, "--json").Json["one"]!["outcome"]!);
    }

    [Fact]
    public void The_reports_of_agency_and_hall_are_both_kept_and_compared()
    {
        using var shop = new Workshop().WithStore();
        var path = Path.Combine(Packages, "dat93/good/plain-utf8");

        var agency = shop.Run("inspect", "run", path, "--point", "agency-transfer", "--json");
        var digest = (string)agency.Json["packages"]![0]!["digest"]!;
        var hall = shop.Run("inspect", "run", path, "--point", "hall-receipt", "--declared", digest, "--json");
        var other = shop.Run("inspect", "run", Path.Combine(Packages, "dat93/good/multi-content"), "--point", "hall-receipt", "--json");

        var numbers = new[] { agency, hall, other }.Select(r => (string)r.Json["packages"]![0]!["number"]!).ToArray();
        var same = shop.Run("inspect", "compare", numbers[0], numbers[1], "--json");
        Assert.True((bool)same.Json["samePackage"]!, same.ToString());
        Assert.Equal(1, shop.Run("inspect", "compare", numbers[0], numbers[2]).Code);
        Assert.Equal(2, shop.Run("inspect", "compare", numbers[0]).Code);
        Assert.Equal(2, shop.Run("inspect", "compare", numbers[0], "没有").Code);
        Assert.Equal(2, shop.Run("inspect", "run", "没有", "--point", "hall-receipt").Code);
        Assert.Equal(2, shop.Run("inspect", "run", "--point", "hall-receipt").Code);
        Assert.Equal(2, shop.Run("inspect", "run", "--sample", "0").Code);
        Assert.Equal(0, shop.Run("inspect", "run", "--resume").Code);
    }

    /// <summary>Flips a bit behind the header of the frame of the longest content.</summary>
    private static void Flip(Workshop shop)
    {
        StoredPlace place;
        using (var vault = Vault.OpenReadOnly(new LocalDisk(shop.Store), TimeProvider.System))
        {
            var root = vault.ReadEvents(0).Select(e => e.Record?.Manifest).OfType<Lantai.Words.Digest>().Last();
            place = vault.PlaceFor(VersionEntries.Of(vault, root, default).MaxBy(e => e.Length)!.Content!.Value, FrameKind.Blob);
        }

        var pack = Path.Combine(shop.Store, place.Path!);
        File.SetUnixFileMode(pack, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        using var file = File.Open(pack, FileMode.Open, FileAccess.ReadWrite);
        file.Position = place.Offset + FrameHeader.Size + 5;
        var old = file.ReadByte();
        file.Position--;
        file.WriteByte((byte)(old ^ 1));
    }
}
