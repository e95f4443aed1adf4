namespace Lantai.Inspection;

/// <summary>The terms under which an archive takes a package: what its registers say, in the store or in a kit that was taken from it.</summary>
/// <remarks>Safe for concurrent use.</remarks>
public interface IArchivingTerms
{
    /// <summary>Asks everything that concerns one package.</summary>
    /// <param name="package">The package as it was read.</param>
    /// <param name="channel">How it came.</param>
    /// <param name="now">When: rules of law mean the day of this time at UTC+08:00.</param>
    TermsFacts Ask(InspectedPackage package, ChannelFacts channel, DateTimeOffset now);
}
