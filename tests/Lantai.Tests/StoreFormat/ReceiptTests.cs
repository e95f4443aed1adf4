using System.Text;
using Lantai.Evidence;
using Lantai.StoreFormat;
using Lantai.Words;

namespace Lantai.Tests.StoreFormat;

public sealed class ReceiptTests : IDisposable
{
    private readonly SampleLog _log = new();
    private readonly Manifest _manifest = new SampleVersion().File("a.txt", "alpha").Folder("empty").Build();

    public void Dispose() => _log.Dispose();

    [Fact]
    public void A_receipt_reads_back_as_it_was_written()
    {
        var receipt = Make();

        Assert.True(Receipt.TryRead(receipt.ToText(), out var read));
        Assert.Equal(receipt.ToText(), read.ToText());
        Assert.Equal("a.zip", read.Container!.Name);
        Assert.Null(read.Container.Order);
        Assert.Equal(1, read.Counts["folders"]);
    }

    [Fact]
    public void A_true_receipt_has_no_findings() => Assert.Empty(Check(Make().Sign(_log.Signer), _log.Signer.Verifier));

    [Fact]
    public void Without_a_key_a_receipt_only_vouches_for_itself() =>
        Assert.Equal([Codes.KeySelfAsserted], Check(Make().Sign(_log.Signer), null));

    [Fact]
    public void A_key_from_the_store_is_checked_and_still_remarked()
    {
        using var other = NoteSigner.Generate(_log.Origin);
        var note = Make().Sign(_log.Signer);

        Assert.Equal([Codes.KeySelfAsserted], Receipt.Verify(note, null, [], "r", _log.Signer.Verifier).Select(f => f.Code));
        Assert.Contains(Codes.ReceiptSignature, Receipt.Verify(note, null, [], "r", other.Verifier).Select(f => f.Code));
    }

    [Fact]
    public void Another_key_is_refused_for_receipt_and_checkpoint()
    {
        using var other = NoteSigner.Generate(_log.Origin);

        Assert.Equal([Codes.ReceiptSignature, Codes.ReceiptCheckpoint], Check(Make().Sign(_log.Signer), other.Verifier));
    }

    [Fact]
    public void A_rotation_leads_from_the_expected_key_to_the_one_that_signed()
    {
        var first = _log.Rotate();
        _ = _log.Rotate();
        var note = Make().Sign(_log.Signer);

        Assert.Empty(Receipt.Verify(note, first, _log.Rotations, "r"));
        Assert.NotEmpty(Receipt.Verify(note, first, [], "r"));
        Assert.NotEmpty(Receipt.Verify(note, first, [.. _log.Rotations.Skip(1)], "r"));
    }

    [Fact]
    public void A_rotation_that_one_key_did_not_sign_leads_nowhere()
    {
        using var thief = NoteSigner.Generate(_log.Origin);
        var text = RotationStatement.Write(_log.Origin, _log.Signer.Verifier.ToString(), thief.Verifier.ToString());

        Assert.Single(KeyHistory.Leads(_log.Signer.Verifier, _log.Origin, [new SignedNote(text, [thief.Sign(text)])]));
        Assert.Single(KeyHistory.Leads(_log.Signer.Verifier, _log.Origin, [new SignedNote(text, [_log.Signer.Sign(text)])]));
        Assert.Single(KeyHistory.Leads(_log.Signer.Verifier, "another log", [new SignedNote(text, [_log.Signer.Sign(text), thief.Sign(text)])]));
        Assert.Equal(2, KeyHistory.Leads(_log.Signer.Verifier, _log.Origin, [new SignedNote(text, [_log.Signer.Sign(text), thief.Sign(text)])]).Count);
    }

    [Fact]
    public void Parts_that_contradict_each_other_are_found()
    {
        var receipt = Make();

        Assert.Equal([Codes.ReceiptRecord], Check((receipt with { Version = 2 }).Sign(_log.Signer), _log.Signer.Verifier));
        Assert.Equal([Codes.ReceiptRecord], Check((receipt with { Aip = Guid.NewGuid() }).Sign(_log.Signer), _log.Signer.Verifier));
        Assert.Equal([Codes.ReceiptRecord], Check((receipt with { Manifest = Digest.Of([]) }).Sign(_log.Signer), _log.Signer.Verifier));
        Assert.Equal([Codes.ReceiptRecord], Check((receipt with { Evidence = receipt.Evidence with { Salt = new byte[32] } }).Sign(_log.Signer), _log.Signer.Verifier));
        Assert.Equal(
            [Codes.ReceiptRecord, Codes.ReceiptInclusion],
            Check((receipt with { Evidence = receipt.Evidence with { Sequence = 4 } }).Sign(_log.Signer), _log.Signer.Verifier));
    }

    [Fact]
    public void A_leaf_that_is_not_in_the_tree_is_found()
    {
        var receipt = Make();
        var path = receipt.Evidence.Inclusion;

        Assert.Equal([Codes.ReceiptInclusion], Check((receipt with { Evidence = receipt.Evidence with { Inclusion = [.. path.Skip(1)] } }).Sign(_log.Signer), _log.Signer.Verifier));
        Assert.Equal([Codes.ReceiptInclusion], Check((receipt with { Evidence = receipt.Evidence with { Inclusion = [.. path, Digest.Of([])] } }).Sign(_log.Signer), _log.Signer.Verifier));
    }

    [Fact]
    public void What_has_not_the_form_is_no_receipt()
    {
        var text = Make().ToText();
        string[] broken =
        [
            "lantai receipt v1\n", text.Replace("receipt v1", "receipt v2", StringComparison.Ordinal), text + "more\n",
            text.Replace("\"salt\":\"", "\"salt\":\"0", StringComparison.Ordinal), text.Replace("\"files\":1", "\"files\":-1", StringComparison.Ordinal),
            text.Replace(_log.Origin + "\n{", "lantai/other\n{", StringComparison.Ordinal), text.Replace(",\"aip\"", ", \"aip\"", StringComparison.Ordinal),
        ];

        Assert.All(broken, one => Assert.Equal([Codes.ReceiptForm], Check(Encoding.UTF8.GetBytes(_log.Sign(one)), _log.Signer.Verifier)));
        Assert.Equal([Codes.ReceiptForm], Check("no note at all"u8.ToArray(), _log.Signer.Verifier));
    }

    [Fact]
    public void Only_an_ingestion_has_a_receipt()
    {
        var evidence = _log.Ingest(_manifest) with { RecordJson = new EventRecord(EventTypes.FixityCheck, SampleLog.Time, "success", Guid.NewGuid()).ToBytes() };

        Assert.Throws<ArgumentException>(() => Receipt.Of(_log.Origin, evidence, Detail()));
    }

    private Receipt Make() => Receipt.Of(_log.Origin, _log.Ingest(_manifest), Detail());

    private static IngestionDetail Detail() => new(
        "local", "s-1", "档案 \"一\"", "zip", Digest.Of([7]), null, null, new ContainerFacts("a.zip", 12, Digest.Of([8]), "AAAAAA=="), []);

    private static IEnumerable<string> Check(byte[] note, VerifierKey? expected) => Receipt.Verify(note, expected, [], "r").Select(f => f.Code);
}
