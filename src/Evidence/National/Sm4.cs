using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Engines;
using Org.BouncyCastle.Crypto.Modes;
using Org.BouncyCastle.Crypto.Paddings;
using Org.BouncyCastle.Crypto.Parameters;

namespace Lantai.Evidence.National;

/// <summary>The block cipher SM4 in the modes CBC with PKCS #7 padding, GCM and CCM, over content that fits in memory.</summary>
/// <remarks>
/// Source: GB/T 32907 (GM/T 0002); modes by NIST SP 800-38A, 38C and 38D and RFC 8998; padding by RFC 5652 section 6.3.
/// Received bytes are untrusted: what does not decrypt gives false and no bytes, and a wrong key cannot be told from a
/// changed ciphertext. Keys, and whatever is given to encrypt, are the caller's own: wrong lengths are misuse. Pure
/// functions, safe for concurrent use.
/// </remarks>
public static class Sm4
{
    /// <summary>The length of a key in bytes.</summary>
    public const int KeySize = 16;

    /// <summary>The length of a block in bytes.</summary>
    public const int BlockSize = 16;

    /// <summary>The length of a full tag in bytes, as written here.</summary>
    public const int TagSize = 16;

    /// <summary>The length of a GCM nonce in bytes, as written here; others are read.</summary>
    public const int NonceSize = 12;

    private const int ShortestGcmTag = 12;
    private const int LongestGcmNonce = 64;

    /// <summary>Encrypts with CBC; the result does not show whether it was changed later.</summary>
    /// <exception cref="ArgumentException">Key or initialization vector are not 16 bytes long.</exception>
    public static byte[] EncryptCbc(ReadOnlySpan<byte> key, ReadOnlySpan<byte> iv, ReadOnlySpan<byte> content)
    {
        RequireKey(key);
        if (iv.Length != BlockSize)
        {
            throw new ArgumentException("An initialization vector is 16 bytes long.", nameof(iv));
        }

        var cipher = Cbc(encrypt: true, key, iv);
        var output = new byte[cipher.GetOutputSize(content.Length)];
        var done = cipher.ProcessBytes(content, output);
        done += cipher.DoFinal(output.AsSpan(done));
        return output[..done];
    }

    /// <summary>
    /// Decrypts CBC. True says only that the padding fits, which one in 256 changed texts does too: do not tell a
    /// stranger which it was.
    /// </summary>
    /// <exception cref="ArgumentException">The key is not 16 bytes long.</exception>
    public static bool TryDecryptCbc(ReadOnlySpan<byte> key, ReadOnlySpan<byte> iv, ReadOnlySpan<byte> encrypted, [NotNullWhen(true)] out byte[]? content)
    {
        RequireKey(key);
        content = null;
        if (iv.Length != BlockSize || encrypted.Length == 0 || encrypted.Length % BlockSize != 0)
        {
            return false;
        }

        var cipher = Cbc(encrypt: false, key, iv);
        var output = new byte[cipher.GetOutputSize(encrypted.Length)];
        try
        {
            var done = cipher.ProcessBytes(encrypted, output);
            done += cipher.DoFinal(output.AsSpan(done));
            content = output[..done];
            return true;
        }
        catch (InvalidCipherTextException)
        {
            return false; // the padding is none
        }
        finally
        {
            CryptographicOperations.ZeroMemory(output);
        }
    }

    /// <summary>Encrypts with GCM: the ciphertext with a tag of 16 bytes behind it.</summary>
    /// <param name="key">16 bytes.</param>
    /// <param name="nonce">12 bytes; never twice under one key, or both key and contents are given away.</param>
    /// <param name="content">What is encrypted.</param>
    /// <param name="bound">What is vouched for but not encrypted; may be empty.</param>
    /// <exception cref="ArgumentException">Key or nonce have another length.</exception>
    public static byte[] EncryptGcm(ReadOnlySpan<byte> key, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> content, ReadOnlySpan<byte> bound)
    {
        RequireKey(key);
        if (nonce.Length != NonceSize)
        {
            throw new ArgumentException("A GCM nonce is 12 bytes long.", nameof(nonce));
        }

        return Encrypt(new GcmBlockCipher(new SM4Engine()), key, nonce, content, bound);
    }

    /// <summary>Decrypts GCM and checks the tag; nonces of 1 to 64 bytes and tags of 12 to 16 are taken.</summary>
    /// <exception cref="ArgumentException">The key is not 16 bytes long.</exception>
    public static bool TryDecryptGcm(
        ReadOnlySpan<byte> key, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> encrypted, ReadOnlySpan<byte> tag, ReadOnlySpan<byte> bound, [NotNullWhen(true)] out byte[]? content)
    {
        RequireKey(key);
        content = null;
        return nonce.Length is >= 1 and <= LongestGcmNonce && tag.Length is >= ShortestGcmTag and <= TagSize
            && TryDecrypt(new GcmBlockCipher(new SM4Engine()), key, nonce, encrypted, tag, bound, out content);
    }

    /// <summary>Encrypts with CCM: the ciphertext with a tag of 16 bytes behind it.</summary>
    /// <param name="key">16 bytes.</param>
    /// <param name="nonce">7 to 13 bytes; never twice under one key.</param>
    /// <param name="content">What is encrypted: less than 2^(8 (15 - length of the nonce)) bytes.</param>
    /// <param name="bound">What is vouched for but not encrypted; may be empty.</param>
    /// <exception cref="ArgumentException">A length is another.</exception>
    public static byte[] EncryptCcm(ReadOnlySpan<byte> key, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> content, ReadOnlySpan<byte> bound)
    {
        RequireKey(key);
        if (!IsCcm(nonce, content.Length))
        {
            throw new ArgumentException("A CCM nonce has 7 to 13 bytes, and the longer it is the less content goes with it.", nameof(nonce));
        }

        return Encrypt(new CcmBlockCipher(new SM4Engine()), key, nonce, content, bound);
    }

    /// <summary>Decrypts CCM and checks the tag; nonces of 7 to 13 bytes and tags of 4, 6 … 16 bytes are taken.</summary>
    /// <exception cref="ArgumentException">The key is not 16 bytes long.</exception>
    public static bool TryDecryptCcm(
        ReadOnlySpan<byte> key, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> encrypted, ReadOnlySpan<byte> tag, ReadOnlySpan<byte> bound, [NotNullWhen(true)] out byte[]? content)
    {
        RequireKey(key);
        content = null;
        return tag.Length is >= 4 and <= TagSize && tag.Length % 2 == 0 && IsCcm(nonce, encrypted.Length)
            && TryDecrypt(new CcmBlockCipher(new SM4Engine()), key, nonce, encrypted, tag, bound, out content);
    }

    /// <summary>SP 800-38C appendix A.1: the nonce and the length of the content share 15 bytes.</summary>
    private static bool IsCcm(ReadOnlySpan<byte> nonce, int length) =>
        nonce.Length is >= 7 and <= 13 && length < 1L << int.Min(62, 8 * (15 - nonce.Length));

    private static PaddedBufferedBlockCipher Cbc(bool encrypt, ReadOnlySpan<byte> key, ReadOnlySpan<byte> iv)
    {
        var cipher = new PaddedBufferedBlockCipher(new CbcBlockCipher(new SM4Engine()), new Pkcs7Padding());
        cipher.Init(encrypt, new ParametersWithIV(new KeyParameter(key), iv));
        return cipher;
    }

    private static byte[] Encrypt(IAeadCipher cipher, ReadOnlySpan<byte> key, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> content, ReadOnlySpan<byte> bound)
    {
        cipher.Init(true, new AeadParameters(new KeyParameter(key), 8 * TagSize, nonce.ToArray(), bound.ToArray()));
        var output = new byte[cipher.GetOutputSize(content.Length)];
        var done = cipher.ProcessBytes(content, output);
        cipher.DoFinal(output.AsSpan(done));
        return output;
    }

    private static bool TryDecrypt(
        IAeadCipher cipher, ReadOnlySpan<byte> key, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> encrypted, ReadOnlySpan<byte> tag, ReadOnlySpan<byte> bound, [NotNullWhen(true)] out byte[]? content)
    {
        cipher.Init(false, new AeadParameters(new KeyParameter(key), 8 * tag.Length, nonce.ToArray(), bound.ToArray()));
        var output = new byte[encrypted.Length];
        content = null;
        try
        {
            // GCM gives bytes out before it has seen the tag; they stay in here unless it is right.
            var done = cipher.ProcessBytes(encrypted, output);
            done += cipher.ProcessBytes(tag, output.AsSpan(done));
            cipher.DoFinal(output.AsSpan(done));
            content = output;
            return true;
        }
        catch (InvalidCipherTextException)
        {
            return false; // the tag is another one
        }
        finally
        {
            if (content is null)
            {
                CryptographicOperations.ZeroMemory(output);
            }
        }
    }

    private static void RequireKey(ReadOnlySpan<byte> key)
    {
        if (key.Length != KeySize)
        {
            throw new ArgumentException("A key of SM4 is 16 bytes long.", nameof(key));
        }
    }
}
