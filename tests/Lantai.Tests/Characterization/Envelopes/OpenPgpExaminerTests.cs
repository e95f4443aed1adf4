using System.Text;
using Lantai.Characterization;

namespace Lantai.Tests.Characterization.Envelopes;

public sealed class OpenPgpExaminerTests
{
    private static readonly byte[] SessionKey = [0xC1, 12, 3, .. new byte[11]];
    private static readonly byte[] Protected = [0xD2, 20, 1, .. new byte[19]];
    private static readonly byte[] Signature = [0xC2, 20, 4, 0, .. new byte[18]];
    private static readonly byte[] Key = [0x99, 0, 20, 4, .. new byte[19]];

    [Fact]
    public void An_encrypted_message_is_told()
    {
        var found = Looking.Into([.. SessionKey, .. Protected]);

        Assert.Equal(FileFamily.OpenPgp, found.Family);
        Assert.Equal(["openpgp", "openpgp"], found.Encryption.Select(e => e.Kind));
        Assert.Equal(Readability.NotCheckable, found.Readability);
    }

    [Fact]
    public void A_length_in_parts_is_followed()
    {
        byte[] inParts = [.. SessionKey, 0xD2, 0xE4, 1, .. new byte[15], 3, .. new byte[3]];

        Assert.Equal(Readability.NotCheckable, Looking.Into(inParts).Readability);
        Assert.Equal(Readability.Broken, Looking.Into(inParts[..^1]).Readability);
    }

    [Fact]
    public void A_signature_or_a_key_is_no_encryption()
    {
        foreach (var file in (byte[][])[Signature, Key])
        {
            var found = Looking.Into(file);

            Assert.Equal(FileFamily.OpenPgp, found.Family);
            Assert.Empty(found.Encryption);
            Assert.Equal(Readability.Readable, found.Readability);
        }
    }

    [Fact]
    public void Armour_is_taken_off()
    {
        var message = Armour("MESSAGE", [.. SessionKey, .. Protected]);

        Assert.Equal(Readability.NotCheckable, Looking.Into(message).Readability);
        Assert.NotEmpty(Looking.Into(message).Encryption);
        Assert.Empty(Looking.Into(Armour("PUBLIC KEY BLOCK", Key)).Encryption);
        Assert.Empty(Looking.Into("-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\ntext\n-----BEGIN PGP SIGNATURE-----\n\nabcd\n-----END PGP SIGNATURE-----\n"u8.ToArray()).Encryption);
    }

    [Fact]
    public void More_packets_than_are_walked_are_not_checkable()
    {
        byte[] most = [.. Enumerable.Repeat(Signature, 10_000).SelectMany(s => s)];
        var found = Looking.Into([.. most, .. Signature]);

        Assert.Equal(Readability.Readable, Looking.Into(most).Readability);
        Assert.Equal((Readability.NotCheckable, "too-many-parts"), (found.Readability, Look.Fault(found)));
    }

    [Fact]
    public void What_is_cut_off_is_broken()
    {
        Assert.Equal(Readability.Broken, Looking.Into([.. SessionKey, .. Protected[..10]]).Readability);
        Assert.True(Looking.Into(Armour("MESSAGE", [.. SessionKey, .. Protected])[..^30]).IsBroken("armour", "cut-off"));
    }

    private static byte[] Armour(string label, byte[] bytes) =>
        Encoding.ASCII.GetBytes($"-----BEGIN PGP {label}-----\nVersion: 1\n\n{Convert.ToBase64String(bytes, Base64FormattingOptions.InsertLineBreaks)}\n=abcd\n-----END PGP {label}-----\n");
}
