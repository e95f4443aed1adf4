using Lantai.Evidence.National;

namespace Lantai.Ingest;

/// <summary>The SM3 of the files of a streamed submission, kept from their passing until their entries are told: by their place in the stream.</summary>
/// <remarks>Made for one submission.</remarks>
internal sealed class PassedSm3
{
    private const int BlockRows = 4096;

    private readonly List<Sm3Digest[]> _blocks = [];

    /// <summary>Keeps a file's digest.</summary>
    /// <param name="place">Place of the file in the stream, from zero.</param>
    /// <param name="digest">Its SM3.</param>
    public void Put(int place, Sm3Digest digest)
    {
        while (_blocks.Count <= place / BlockRows)
        {
            _blocks.Add(new Sm3Digest[BlockRows]);
        }

        _blocks[place / BlockRows][place % BlockRows] = digest;
    }

    /// <summary>The digest of the file at a place, which has passed.</summary>
    public Sm3Digest Take(int place) => _blocks[place / BlockRows][place % BlockRows];
}
