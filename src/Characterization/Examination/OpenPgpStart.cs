namespace Lantai.Characterization.Examination;

/// <summary>Tells whether bytes may begin an OpenPGP message (RFC 9580 §4.2): a packet whose kind may stand first, and whose length and version fit.</summary>
internal static class OpenPgpStart
{
    private const int PublicKeySessionKey = 1;
    private const int Signature = 2;
    private const int SymmetricSessionKey = 3;
    private const int OnePassSignature = 4;
    private const int SecretKey = 5;
    private const int PublicKey = 6;
    private const int Encrypted = 18;

    public static bool IsLikely(ReadOnlySpan<byte> start) => start.Length >= 8 && (start[0] & 0x80) != 0 && ((start[0] & 0x40) != 0 ? IsNew(start) : IsOld(start));

    private static bool IsOld(ReadOnlySpan<byte> start)
    {
        var lengthBytes = (start[0] & 3) switch { 0 => 1, 1 => 2, 2 => 4, _ => 0 };
        return lengthBytes != 0 && Fits((start[0] >> 2) & 15, start[1 + lengthBytes], start[2 + lengthBytes]);
    }

    private static bool IsNew(ReadOnlySpan<byte> start)
    {
        var lengthBytes = start[1] switch { < 192 => 1, < 224 => 2, 255 => 5, _ => 1 };
        return Fits(start[0] & 63, start[1 + lengthBytes], start[2 + lengthBytes]);
    }

    private static bool Fits(int kind, byte version, byte next) => kind switch
    {
        PublicKeySessionKey => version is 3 or 6,
        Signature => version is 3 or 4 or 6 && next <= 0x50,
        SymmetricSessionKey => version is 4 or 5 or 6 && next <= 13,
        OnePassSignature => version is 3 or 6,
        SecretKey or PublicKey => version is 3 or 4 or 6,
        Encrypted => version is 1 or 2,
        _ => false,
    };
}
