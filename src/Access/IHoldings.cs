using Lantai.Words;

namespace Lantai.Access;

/// <summary>What a dissemination reads from: the store, seen as digests and bytes.</summary>
/// <remarks>Used by one dissemination at a time; at most one content is open.</remarks>
public interface IHoldings
{
    /// <summary>The bytes of a manifest root or shard, verified against the digest.</summary>
    /// <exception cref="IOException">It is absent, damaged or cannot be read.</exception>
    byte[] ReadManifest(Digest digest);

    /// <summary>Opens a content whose bytes are verified while they are read.</summary>
    /// <exception cref="IOException">Here or while reading: it is absent, damaged or cannot be read.</exception>
    Stream OpenContent(Digest content);

    /// <summary>What an exception from here says of the stored bytes; null when they are not to blame.</summary>
    Finding? Judge(IOException problem);
}
