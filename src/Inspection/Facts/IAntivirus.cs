using Lantai.InformationPackages;

namespace Lantai.Inspection;

/// <summary>Port: an antivirus engine.</summary>
/// <remarks>Safe for concurrent use. It never throws for an engine that is away or slow: that is told in the facts, and the rules could not run.</remarks>
public interface IAntivirus
{
    /// <summary>Asks the engine about files, each whole.</summary>
    /// <param name="files">The files of one package, open.</param>
    /// <param name="stop">Stops the work.</param>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    AntivirusFacts Scan(IReadOnlyList<PackageFile> files, CancellationToken stop);
}
