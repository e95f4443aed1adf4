using System.Collections.Concurrent;
using Lantai.Words;

namespace Lantai.Characterization;

/// <summary>What was found in contents, by their digest and the extension of their name, which has a say in the format.</summary>
/// <remarks>Safe for concurrent use. It begins anew when it holds 4,096: what comes often is soon there again.</remarks>
internal sealed class CharacterMemory
{
    private const int Most = 4096;

    private readonly ConcurrentDictionary<(Digest, string), FileCharacter> _known = new();

    /// <summary>What was found; null when that is not known.</summary>
    public FileCharacter? Find((Digest, string) key) => _known.GetValueOrDefault(key);

    /// <summary>Keeps what was found.</summary>
    public FileCharacter Keep((Digest, string) key, FileCharacter character)
    {
        if (_known.Count >= Most)
        {
            _known.Clear();
        }

        _known[key] = character;
        return character;
    }
}
