namespace Lantai.DataManagement;

/// <summary>What collections and members may be called, so that every document store can hold them.</summary>
/// <remarks>Pure; safe for concurrent use.</remarks>
public static class CollectionName
{
    private const int MaxLength = 30;

    /// <summary>Refuses a collection's name that is not 1 to 30 small ASCII letters and digits with a letter first.</summary>
    /// <exception cref="ArgumentException">The name has not that form.</exception>
    public static void Check(string name)
    {
        if (!IsName(name) || name.Any(char.IsAsciiLetterUpper))
        {
            throw new ArgumentException($"Not the name of a collection: '{name}'.", nameof(name));
        }
    }

    /// <summary>Refuses a member's name that is not 1 to 30 ASCII letters and digits with a small letter first.</summary>
    /// <exception cref="ArgumentException">The name has not that form.</exception>
    public static void CheckMember(string name)
    {
        if (!IsMember(name))
        {
            throw new ArgumentException($"Not the name of a member: '{name}'.", nameof(name));
        }
    }

    /// <summary>Whether a text has the form of a member's name.</summary>
    internal static bool IsMember(string name) => IsName(name);

    private static bool IsName(string name) =>
        name.Length is > 0 and <= MaxLength && char.IsAsciiLetterLower(name[0]) && name.All(char.IsAsciiLetterOrDigit);
}
