using System.Security.Cryptography;

namespace Lantai.Inspection;

/// <summary>
/// The digest of a package that was refused as a state secret, with a salt: who holds the package can show that it is the one,
/// and nobody can find in records of refusals whether a package that he guesses was among them by one comparison.
/// </summary>
/// <remarks>Pure but for the salt, which is drawn anew for each refusal. Source: spec/formats/inspection.md.</remarks>
public static class SaltedDigest
{
    private const string Prefix = "sha256-salted:";
    private const int SaltLength = 16;

    /// <summary>The salted digest of a package, with a new salt.</summary>
    /// <param name="package">The SHA-256 of the package as one thing.</param>
    public static string Of(ReadOnlySpan<byte> package) => Write(RandomNumberGenerator.GetBytes(SaltLength), package);

    /// <summary>Whether a salted digest is that of a package.</summary>
    /// <param name="salted">The salted digest.</param>
    /// <param name="package">The SHA-256 of the package as one thing.</param>
    public static bool IsOf(string salted, ReadOnlySpan<byte> package)
    {
        ArgumentNullException.ThrowIfNull(salted);
        var end = Prefix.Length + (SaltLength * 2);
        return salted.StartsWith(Prefix, StringComparison.Ordinal) && salted.Length > end && IsHexadecimal(salted[Prefix.Length..end])
            && Write(Convert.FromHexString(salted.AsSpan(Prefix.Length, SaltLength * 2)), package) == salted;
    }

    private static bool IsHexadecimal(string text) => text.All(char.IsAsciiHexDigitLower);

    private static string Write(ReadOnlySpan<byte> salt, ReadOnlySpan<byte> package) =>
        $"{Prefix}{Convert.ToHexStringLower(salt)}:{Convert.ToHexStringLower(SHA256.HashData([.. salt, .. package]))}";
}
