using CsCheck;
using Lantai.Evidence.National;

namespace Lantai.Tests.Evidence.National;

public sealed class Sm4Tests
{
    private static readonly byte[] Key = Convert.FromHexString("0123456789abcdeffedcba9876543210");

    /// <summary>The block of the standard, where the key is encrypted by itself: CBC from a vector of zeros begins with it.</summary>
    [Fact]
    public void The_block_of_the_standard_is_computed() =>
        Assert.Equal("681edf34d206965e86b3e94f536e4246", Convert.ToHexStringLower(Sm4.EncryptCbc(Key, new byte[16], Key).AsSpan(0, 16)));

    [Fact]
    public void What_was_encrypted_decrypts_to_the_same() =>
        Gen.Select(Gen.Byte.Array[0, 70], Gen.Byte.Array[0, 40], Gen.Byte.Array[12], Gen.Byte.Array[16]).Sample((content, bound, nonce, iv) =>
        {
            Assert.True(Sm4.TryDecryptCbc(Key, iv, Sm4.EncryptCbc(Key, iv, content), out var cbc));
            Assert.Equal(content, cbc);

            var gcm = Sm4.EncryptGcm(Key, nonce, content, bound);
            Assert.True(Sm4.TryDecryptGcm(Key, nonce, gcm.AsSpan(0, content.Length), gcm.AsSpan(content.Length), bound, out var opened));
            Assert.Equal(content, opened);

            var ccm = Sm4.EncryptCcm(Key, nonce, content, bound);
            Assert.True(Sm4.TryDecryptCcm(Key, nonce, ccm.AsSpan(0, content.Length), ccm.AsSpan(content.Length), bound, out opened));
            Assert.Equal(content, opened);
        }, iter: 100);

    [Fact]
    public void A_changed_bit_of_an_authenticated_text_gives_no_bytes()
    {
        var content = new byte[20];
        var nonce = new byte[12];
        byte[] gcm = Sm4.EncryptGcm(Key, nonce, content, "bound"u8);
        byte[] ccm = Sm4.EncryptCcm(Key, nonce, content, "bound"u8);

        for (var bit = 0; bit < 8 * gcm.Length; bit++)
        {
            var (one, two) = (Flipped(gcm, bit), Flipped(ccm, bit));
            Assert.False(Sm4.TryDecryptGcm(Key, nonce, one.AsSpan(0, 20), one.AsSpan(20), "bound"u8, out var opened));
            Assert.Null(opened);
            Assert.False(Sm4.TryDecryptCcm(Key, nonce, two.AsSpan(0, 20), two.AsSpan(20), "bound"u8, out opened));
            Assert.Null(opened);
        }

        Assert.False(Sm4.TryDecryptGcm(Key, nonce, gcm.AsSpan(0, 20), gcm.AsSpan(20), "Bound"u8, out _));
        Assert.False(Sm4.TryDecryptCcm(Key, nonce, ccm.AsSpan(0, 20), ccm.AsSpan(20), "Bound"u8, out _));
    }

    [Fact]
    public void Received_lengths_that_cannot_be_right_give_no_bytes()
    {
        var gcm = Sm4.EncryptGcm(Key, new byte[12], [], []);
        var ccm = Sm4.EncryptCcm(Key, new byte[12], [], []);

        Assert.False(Sm4.TryDecryptGcm(Key, [], [], gcm, [], out _));
        Assert.False(Sm4.TryDecryptGcm(Key, new byte[65], [], gcm, [], out _));
        Assert.False(Sm4.TryDecryptGcm(Key, new byte[12], [], gcm.AsSpan(0, 11), [], out _));
        Assert.True(Sm4.TryDecryptGcm(Key, new byte[12], [], gcm.AsSpan(0, 12), [], out _));
        Assert.False(Sm4.TryDecryptCcm(Key, new byte[6], [], ccm, [], out _));
        Assert.False(Sm4.TryDecryptCcm(Key, new byte[14], [], ccm, [], out _));
        Assert.False(Sm4.TryDecryptCcm(Key, new byte[13], new byte[65_536], ccm, [], out _));
        Assert.False(Sm4.TryDecryptCcm(Key, new byte[12], [], ccm.AsSpan(0, 3), [], out _));
        Assert.False(Sm4.TryDecryptCbc(Key, new byte[15], new byte[16], out _));
        Assert.False(Sm4.TryDecryptCbc(Key, new byte[16], [], out _));
        Assert.False(Sm4.TryDecryptCbc(Key, new byte[16], new byte[17], out _));
    }

    [Fact]
    public void Own_lengths_that_are_wrong_are_misuse()
    {
        Assert.Throws<ArgumentException>(() => Sm4.EncryptCbc(new byte[15], new byte[16], []));
        Assert.Throws<ArgumentException>(() => Sm4.EncryptCbc(Key, new byte[12], []));
        Assert.Throws<ArgumentException>(() => Sm4.EncryptGcm(Key, new byte[16], [], []));
        Assert.Throws<ArgumentException>(() => Sm4.EncryptCcm(Key, new byte[14], [], []));
        Assert.Throws<ArgumentException>(() => Sm4.EncryptCcm(Key, new byte[13], new byte[65_536], []));
        Assert.Throws<ArgumentException>(() => Sm4.TryDecryptGcm(new byte[32], new byte[12], [], new byte[16], [], out _));
    }

    private static byte[] Flipped(byte[] bytes, int bit)
    {
        var other = bytes.ToArray();
        other[bit / 8] ^= (byte)(1 << (bit % 8));
        return other;
    }
}
