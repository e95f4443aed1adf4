using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using NSec.Cryptography;

namespace Lantai.Evidence;

/// <summary>The bytes of a key file.</summary>
/// <remarks>spec: <c>spec/formats/key-file.md</c>.</remarks>
internal static class KeyFile
{
    /// <summary>The first line of a file with an Ed25519 key.</summary>
    public const string OfEd25519 = "lantai key v1\n";

    /// <summary>The first line of a file with a key of SM2.</summary>
    public const string OfSm2 = "lantai sm2 key v1\n";

    /// <summary>The first line of a file with the key of a waiting room.</summary>
    public const string OfWaitingRoom = "lantai waiting key v1\n";

    /// <summary>The length of a secret in bytes.</summary>
    public const int SecretLength = 32;

    private const string Argon = "argon2id";
    private const string CipherName = "xchacha20-poly1305";
    private const int MaxLength = 4096;
    private const int MaxNameLength = 255;
    private const int CheckLength = 8;
    private const int SaltLength = 16;

    // What a writer asks of whoever guesses, and what a reader is willing to spend on a file it does not trust.
    private const int Memory = 65_536;
    private const int Passes = 3;
    private const int MinMemory = 8;
    private const int MaxMemory = 1 << 20;
    private const int MaxPasses = 16;

    private static AeadAlgorithm Cipher => AeadAlgorithm.XChaCha20Poly1305;

    public static bool IsName(string? name) => NoteSyntax.IsName(name) && NoteSyntax.Utf8.GetByteCount(name) <= MaxNameLength;

    public static byte[] Write(string firstLine, string name, ReadOnlySpan<byte> secret, string? passphrase)
    {
        if (passphrase is null)
        {
            return NoteSyntax.Utf8.GetBytes(
                $$"""{{firstLine}}{"check":"{{Check(firstLine, name, secret)}}","kdf":"none","name":{{Quote(name)}},"secret":"{{Convert.ToBase64String(secret)}}"}""" + "\n");
        }

        var salt = RandomNumberGenerator.GetBytes(SaltLength);
        var nonce = RandomNumberGenerator.GetBytes(Cipher.NonceSize);
        using var key = Derive(passphrase, salt, Memory, Passes);
        var box = Cipher.Encrypt(key, nonce, Bound(firstLine, name), secret);
        return NoteSyntax.Utf8.GetBytes(
            $$"""{{firstLine}}{"cipher":"{{CipherName}}","kdf":"{{Argon}}","memory":{{Memory}},"name":{{Quote(name)}},"nonce":"{{Convert.ToBase64String(nonce)}}","passes":{{Passes}},"salt":"{{Convert.ToBase64String(salt)}}","secret":"{{Convert.ToBase64String(box)}}"}""" + "\n");
    }

    public static KeyFileProblem TryRead(string firstLine, ReadOnlySpan<byte> file, string? passphrase, out string name, out byte[] secret)
    {
        (name, secret) = ("", []);
        if (!TryFields(firstLine, file, out var fields))
        {
            return KeyFileProblem.NotAKeyFile;
        }

        using (fields)
        {
            var root = fields.RootElement;
            name = Text(root, "name");
            return (Text(root, "kdf"), root.GetPropertyCount(), IsName(name)) switch
            {
                ("none", 4, true) => ReadClear(firstLine, root, name, out secret),
                (Argon, 8, true) when Text(root, "cipher") == CipherName => ReadEncrypted(firstLine, root, name, passphrase, out secret),
                _ => KeyFileProblem.NotAKeyFile,
            };
        }
    }

    private static KeyFileProblem ReadClear(string firstLine, JsonElement root, string name, out byte[] secret)
    {
        if (!TryBytes(root, "secret", SecretLength, out secret))
        {
            return KeyFileProblem.NotAKeyFile;
        }

        return Text(root, "check") == Check(firstLine, name, secret)
            ? KeyFileProblem.None
            : KeyFileProblem.WrongPassphraseOrDamaged;
    }

    private static KeyFileProblem ReadEncrypted(string firstLine, JsonElement root, string name, string? passphrase, out byte[] secret)
    {
        secret = [];
        if (!TryNumber(root, "memory", MinMemory, MaxMemory, out var memory) || !TryNumber(root, "passes", 1, MaxPasses, out var passes)
            || !TryBytes(root, "salt", SaltLength, out var salt) || !TryBytes(root, "nonce", Cipher.NonceSize, out var nonce)
            || !TryBytes(root, "secret", SecretLength + Cipher.TagSize, out var box))
        {
            return KeyFileProblem.NotAKeyFile;
        }

        if (string.IsNullOrEmpty(passphrase))
        {
            return KeyFileProblem.PassphraseNeeded;
        }

        using var key = Derive(passphrase, salt, memory, passes);
        secret = Cipher.Decrypt(key, nonce, Bound(firstLine, name), box) ?? [];
        return secret.Length == SecretLength ? KeyFileProblem.None : KeyFileProblem.WrongPassphraseOrDamaged;
    }

    /// <summary>Splits off the first line and reads the second; people may have typed it, so its line end is free.</summary>
    private static bool TryFields(string firstLine, ReadOnlySpan<byte> file, [NotNullWhen(true)] out JsonDocument? fields)
    {
        fields = null;
        if (file.Length > MaxLength || !System.Text.Unicode.Utf8.IsValid(file))
        {
            return false;
        }

        var text = NoteSyntax.Utf8.GetString(file).ReplaceLineEndings("\n");
        if (!text.StartsWith(firstLine, StringComparison.Ordinal))
        {
            return false;
        }

        try
        {
            fields = JsonDocument.Parse(text[firstLine.Length..], new JsonDocumentOptions { AllowDuplicateProperties = false, MaxDepth = 2 });
        }
        catch (JsonException)
        {
            return false; // the file was written or changed by something else
        }

        if (fields.RootElement.ValueKind == JsonValueKind.Object)
        {
            return true;
        }

        fields.Dispose();
        return false;
    }

    private static string Text(JsonElement root, string field)
    {
        if (!root.TryGetProperty(field, out var value) || value.ValueKind != JsonValueKind.String)
        {
            return "";
        }

        try
        {
            return value.GetString() ?? "";
        }
        catch (InvalidOperationException)
        {
            return ""; // an escaped lone surrogate, which is no text
        }
    }

    private static bool TryBytes(JsonElement root, string field, int length, out byte[] bytes) =>
        NoteSyntax.TryBase64(Text(root, field), out bytes) && bytes.Length == length;

    private static bool TryNumber(JsonElement root, string field, int least, int greatest, out int number)
    {
        number = 0;
        return root.TryGetProperty(field, out var value) && value.ValueKind == JsonValueKind.Number
            && value.TryGetInt32(out number) && number >= least && number <= greatest;
    }

    private static Key Derive(string passphrase, ReadOnlySpan<byte> salt, int memory, int passes)
    {
        var password = Encoding.UTF8.GetBytes(passphrase);
        try
        {
            var parameters = new Argon2Parameters { DegreeOfParallelism = 1, MemorySize = memory, NumberOfPasses = passes };
            return PasswordBasedKeyDerivationAlgorithm.Argon2id(parameters).DeriveKey(password, salt, Cipher);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(password);
        }
    }

    /// <summary>What the encryption vouches for beside the secret: algorithm, version and name.</summary>
    private static byte[] Bound(string firstLine, string name) => NoteSyntax.Utf8.GetBytes(firstLine + name);

    private static string Check(string firstLine, string name, ReadOnlySpan<byte> secret)
    {
        using var hash = System.Security.Cryptography.IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Bound(firstLine, name));
        hash.AppendData("\n"u8);
        hash.AppendData(secret);
        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, CheckLength));
    }

    /// <summary>A name as RFC 8785 writes it; a name has no control characters.</summary>
    private static string Quote(string name) =>
        $"\"{name.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
