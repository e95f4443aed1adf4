using System.Numerics;
using CsCheck;
using Lantai.Evidence.National;

namespace Lantai.Tests.Evidence.National;

/// <summary>Keys, signatures and ciphertexts of SM2 together: one is shown by the other.</summary>
public sealed class Sm2Tests
{
    // GB/T 32918.5 gives n; here it serves to make what lies beside the allowed numbers.
    private const string Order = "fffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123";

    private static readonly Sm2KeyPair Pair = Sm2KeyPair.Generate();

    [Fact]
    public void A_signature_verifies_for_its_key_message_and_user_id_alone()
    {
        var signature = Pair.Sign("message"u8);

        Assert.Equal(Sm2Signature.Size, signature.Length);
        Assert.True(Pair.PublicKey.Verify("message"u8, signature));
        Assert.True(Pair.PublicKey.Verify("message"u8, signature, "1234567812345678"u8));
        Assert.False(Pair.PublicKey.Verify("Message"u8, signature));
        Assert.False(Pair.PublicKey.Verify("message"u8, signature, "another id"u8));
        Assert.False(Sm2KeyPair.Generate().PublicKey.Verify("message"u8, signature));
        Assert.True(Pair.PublicKey.Verify("message"u8, Pair.Sign("message"u8, ""u8), ""u8));
    }

    [Fact]
    public void No_flipped_bit_of_a_signature_verifies()
    {
        var signature = Pair.Sign("message"u8);

        for (var bit = 0; bit < 8 * signature.Length; bit += 3)
        {
            var other = signature.ToArray();
            other[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.False(Pair.PublicKey.Verify("message"u8, other));
        }
    }

    [Fact]
    public void Numbers_outside_1_to_n_are_no_signature()
    {
        var signature = Pair.Sign("message"u8);
        byte[] zero = new byte[32], n = Convert.FromHexString(Order), most = [.. Enumerable.Repeat((byte)0xFF, 32)];

        foreach (var number in (byte[][])[zero, n, most])
        {
            Assert.False(Pair.PublicKey.Verify("message"u8, [.. number, .. signature[32..]]));
            Assert.False(Pair.PublicKey.Verify("message"u8, [.. signature[..32], .. number]));
        }

        Assert.False(Pair.PublicKey.Verify("message"u8, signature.AsSpan(0, 63)));
        Assert.False(Pair.PublicKey.Verify("message"u8, [.. signature, 0]));
        Assert.False(Pair.PublicKey.Verify("message"u8, []));
    }

    /// <summary>Of a key whose secret is 7 the point of r = 5 and s = 1 is the public key of the secret 1 + 6 × 7.</summary>
    [Fact]
    public void A_number_that_only_leaves_the_same_remainder_is_no_signature()
    {
        var seven = Small(7).PublicKey;
        byte[] r = Number(5), s = Number(1);
        var e = Minus(r, Small(43).PublicKey.ToBytes()[1..33]);

        Assert.True(seven.VerifyDigest(e, [.. r, .. s]));
        Assert.False(seven.VerifyDigest(e, [.. r, .. Plus(s)]));
        Assert.False(seven.VerifyDigest(e, [.. Plus(r), .. s]));
    }

    /// <summary>With r + s = n the key falls out of the equation, and whoever knows a multiple of the base point could sign for anybody.</summary>
    [Fact]
    public void R_and_s_that_cancel_the_key_are_no_signature()
    {
        var less = Minus(Number(0), Number(1)); // n - 1
        var e = Minus(less, Small(1).PublicKey.ToBytes()[1..33]); // the point is the base point itself

        Assert.False(Pair.PublicKey.VerifyDigest(e, [.. less, .. Number(1)]));
    }

    [Fact]
    public void A_key_is_taken_from_its_bytes_and_points_beside_the_curve_are_refused()
    {
        var bytes = Pair.PublicKey.ToBytes();
        byte[] compressed = [(byte)(2 + (bytes[64] & 1)), .. bytes[1..33]];
        byte[] beside = [.. bytes[..64], (byte)(bytes[64] ^ 1)];

        Assert.True(Sm2PublicKey.TryParse(bytes, out var key));
        Assert.Equal(Pair.PublicKey, key);
        Assert.Equal(bytes, key.ToBytes());
        Assert.True(Sm2PublicKey.TryParse(compressed, out key));
        Assert.Equal(Pair.PublicKey, key);
        foreach (var bad in (byte[][])[[], [0], beside, new byte[65], [4, .. new byte[64]], [.. bytes, 0], [4, .. Enumerable.Repeat((byte)0xFF, 64)], [2, .. Enumerable.Repeat((byte)0xFF, 32)], [6, .. bytes[1..]]])
        {
            Assert.False(Sm2PublicKey.TryParse(bad, out key));
            Assert.Null(key);
        }
    }

    [Fact]
    public void A_secret_is_a_number_from_1_to_n_less_2()
    {
        var n = Convert.FromHexString(Order);
        byte[] n1 = [.. n[..31], (byte)(n[31] - 1)], n2 = [.. n[..31], (byte)(n[31] - 2)];

        Assert.True(Sm2KeyPair.TryImport(Pair.ExportSecret(), out var again));
        Assert.Equal(Pair.PublicKey, again.PublicKey);
        Assert.True(Sm2KeyPair.TryImport(n2, out _));
        foreach (var bad in (byte[][])[new byte[32], n1, n, [], n2[..31], [0, .. n2]])
        {
            Assert.False(Sm2KeyPair.TryImport(bad, out _));
        }
    }

    [Fact]
    public void A_signature_has_one_der_form() =>
        Gen.Byte.Array[64].Sample(signature =>
        {
            var der = Sm2Signature.ToDer(signature);

            Assert.True(Sm2Signature.TryFromDer(der, out var again));
            Assert.Equal(signature, again);
            Assert.False(Sm2Signature.TryFromDer([.. der, 0], out _));
            Assert.False(Sm2Signature.TryFromDer(der.AsSpan(0, der.Length - 1), out _));
        }, iter: 200);

    [Theory]
    [InlineData("")]
    [InlineData("3000")]
    [InlineData("3003020101")]
    [InlineData("30060201010201ff")] // negative
    [InlineData("3007020101020200ff00")] // longer than it says
    [InlineData("300702020001020101")] // a zero too many
    [InlineData("3080020101020101" + "0000")] // an open length
    [InlineData("308106020101020101")] // a length in a longer form
    [InlineData("3084ffffffff020101020101")]
    [InlineData("3009020101020101020101")] // three numbers
    public void What_is_not_two_numbers_in_der_is_no_signature(string hex) =>
        Assert.False(Sm2Signature.TryFromDer(Convert.FromHexString(hex), out _));

    [Fact]
    public void A_number_of_more_than_32_bytes_is_no_signature()
    {
        byte[] longer = [2, 33, 1, .. new byte[32]];

        Assert.False(Sm2Signature.TryFromDer([0x30, 38, .. longer, 2, 1, 1], out _));
        Assert.Throws<ArgumentException>(() => Sm2Signature.ToDer(new byte[63]));
    }

    [Fact]
    public void What_is_encrypted_to_a_key_decrypts_in_both_forms()
    {
        var encrypted = Pair.PublicKey.Encrypt("content"u8);
        var der = Sm2Ciphertext.ToDer(encrypted);

        Assert.True(Pair.TryDecrypt(encrypted, out var content));
        Assert.Equal("content"u8, content);
        Assert.True(Sm2Ciphertext.TryFromDer(der, out var again));
        Assert.Equal(encrypted, again);
        Assert.True(Pair.TryDecrypt(der, out content));
        Assert.Equal("content"u8, content);
        Assert.False(Sm2KeyPair.Generate().TryDecrypt(encrypted, out content));
        Assert.Null(content);
    }

    [Fact]
    public void A_changed_ciphertext_gives_no_bytes()
    {
        var encrypted = Pair.PublicKey.Encrypt("content"u8);
        foreach (var form in (byte[][])[encrypted, Sm2Ciphertext.ToDer(encrypted)])
        {
            for (var bit = 0; bit < 8 * form.Length; bit += 7)
            {
                var other = form.ToArray();
                other[bit / 8] ^= (byte)(1 << (bit % 8));
                Assert.False(Pair.TryDecrypt(other, out var content));
                Assert.Null(content);
            }

            for (var length = 0; length < form.Length; length++)
            {
                Assert.False(Pair.TryDecrypt(form.AsSpan(0, length), out _));
            }
        }
    }

    [Fact]
    public void Wrong_lengths_of_ones_own_are_misuse()
    {
        Assert.Throws<ArgumentException>(() => Pair.Sign([], new byte[8192]));
        Assert.Throws<ArgumentException>(() => Pair.PublicKey.Verify([], new byte[64], new byte[8192]));
        Assert.Throws<ArgumentException>(() => Pair.PublicKey.VerifyDigest(new byte[31], new byte[64]));
        Assert.Throws<ArgumentException>(() => Pair.PublicKey.Encrypt([]));
        Assert.Throws<ArgumentException>(() => Sm2Ciphertext.ToDer(new byte[97]));
        Assert.Equal(64, Pair.Sign([], new byte[8191]).Length);
    }

    private static Sm2KeyPair Small(byte secret)
    {
        Assert.True(Sm2KeyPair.TryImport(Number(secret), out var pair));
        return pair;
    }

    private static byte[] Number(byte value) => [.. new byte[31], value];

    private static byte[] Minus(byte[] a, byte[] b) => Bytes((((Big(a) - Big(b)) % Big(Convert.FromHexString(Order))) + Big(Convert.FromHexString(Order))) % Big(Convert.FromHexString(Order)));

    private static byte[] Plus(byte[] a) => Bytes(Big(a) + Big(Convert.FromHexString(Order)));

    private static BigInteger Big(byte[] bytes) => new(bytes, isUnsigned: true, isBigEndian: true);

    private static byte[] Bytes(BigInteger number)
    {
        var bytes = number.ToByteArray(isUnsigned: true, isBigEndian: true);
        return [.. new byte[32 - bytes.Length], .. bytes];
    }
}
