using Lantai.Cli.Arguments;
using Lantai.Evidence.National;

namespace Lantai.Cli.Commands;

/// <summary>The option <c>--digests</c>: what is computed of each content beside the SHA-256 that names it.</summary>
internal static class FurtherDigests
{
    /// <summary>What may be said.</summary>
    public const string Choices = Sm3Digest.Algorithm;

    /// <summary>Whether SM3 is asked for.</summary>
    /// <param name="said">What was said; null when nothing was.</param>
    /// <exception cref="WrongUseException">Something else is asked for.</exception>
    public static bool AreAsked(string? said) => said switch
    {
        null => false,
        Sm3Digest.Algorithm => true,
        var other => throw new WrongUseException("usage.choice", ("option", "--digests"), ("text", other), ("choices", Choices)),
    };
}
