using Lantai.ArchivalStorage;
using Lantai.Characterization.Identification;
using Lantai.Ingest;
using Lantai.InformationPackages;
using Lantai.Words;

namespace Lantai.Administration;

/// <content>The formats that the store knows.</content>
public sealed partial class Repository
{
    private readonly Lock _formatsGate = new();
    private (long? Sequence, FormatRegistry Registry, IReadOnlyList<Finding> Findings)? _formats;

    /// <summary>The registry of formats: what was imported into the store last, with the built-in one behind it.</summary>
    /// <exception cref="StorageException">The imported files are damaged.</exception>
    public FormatRegistry Formats
    {
        get
        {
            var sequence = FollowKeys().Submission(FormatShelf.Source, FormatShelf.Id);
            lock (_formatsGate)
            {
                if (_formats is not { } known || known.Sequence != sequence)
                {
                    var manifest = sequence is { } place ? Vault.ReadEvent(place).Record?.Manifest : null;
                    var findings = new List<Finding>();
                    _formats = (sequence, FormatShelf.Open(Vault, manifest, Vault.CanAppend, findings), findings);
                }

                return _formats.Value.Registry;
            }
        }
    }

    /// <summary>What is wrong with the imported files: where there is an error, only the built-in registry counts. Asked for after <see cref="Formats"/>.</summary>
    public IReadOnlyList<Finding> FormatFindings
    {
        get
        {
            lock (_formatsGate)
            {
                return _formats?.Findings ?? [];
            }
        }
    }

    /// <summary>Imports signature files: they become a package of the store, or a new version of it, and count from the next file on.</summary>
    /// <param name="folder">A folder that holds the files and nothing else.</param>
    /// <param name="actor">Who imports.</param>
    /// <param name="cancellation">Stops before anything is kept.</param>
    /// <exception cref="StorageException">The disk failed.</exception>
    public Task<IngestOutcome> ImportFormatsAsync(string folder, Actor actor, CancellationToken cancellation)
    {
        var request = new IngestRequest(new SubmissionSource(folder, SubmissionForm.Folder, Containers.ContainerLimits.Default, null), FormatShelf.Source, FormatShelf.Id);
        return Ingest.ExecuteAsync(request with { Admission = Admission.OfFormats(folder) }, actor, null, cancellation);
    }
}
