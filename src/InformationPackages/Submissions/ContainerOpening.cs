using Lantai.Containers;
using Lantai.Words;

namespace Lantai.InformationPackages;

/// <summary>Opens a file as the container that its bytes are, or as the one that was demanded.</summary>
internal static class ContainerOpening
{
    internal static Submission? Open(ContainerFile file, SubmissionSource source, BoundedFindings bounded, List<Finding> findings)
    {
        var name = file.Name.Display;
        if (source.Limits.MaxDepth < 1)
        {
            bounded.Add(Finding.Error("CON-008", name, ("limit", source.Limits.MaxDepth)));
            return null;
        }

        var content = file.OpenRead();
        Submission? submission = null;
        try
        {
            var found = ContainerDetection.Find(content, name, source.Limits);
            if (Choose(found, source.Form, name) is not { } form)
            {
                bounded.Add(ContainerDetection.Refuse(found, name)
                    ?? Finding.Error("CON-002", name, ("found", ContainerDetection.Name(found)), ("demanded", Demand(source.Form, name))));
                return null;
            }

            submission = form switch
            {
                SubmissionForm.Zip => ZipSubmission.Open(file, content, source, bounded, findings),
                SubmissionForm.Tar => TarSubmission.Open(file, content, source, bounded, findings),
                _ => StreamedSubmission.Open(file, KindOf(form), form, source),
            };
            return submission;
        }
        finally
        {
            if (submission is not ZipSubmission)
            {
                content.Dispose();
            }
        }
    }

    /// <summary>The form to open as; null when the bytes are not what they must be.</summary>
    private static SubmissionForm? Choose(ContainerKind found, SubmissionForm demanded, string name)
    {
        // A zip may have bytes in front, and a broken zip or tar is best explained by its own reader.
        var isDemanded = demanded != SubmissionForm.Auto;
        if (found == ContainerKind.None && demanded == SubmissionForm.Zip)
        {
            return SubmissionForm.Zip;
        }

        if (found == ContainerKind.None && !isDemanded)
        {
            return name.EndsWith(".zip", StringComparison.OrdinalIgnoreCase) ? SubmissionForm.Zip
                : name.EndsWith(".tar", StringComparison.OrdinalIgnoreCase) ? SubmissionForm.Tar : null;
        }

        SubmissionForm? form = found switch
        {
            ContainerKind.Zip => SubmissionForm.Zip,
            ContainerKind.Tar => SubmissionForm.Tar,
            ContainerKind.TarGzip => SubmissionForm.TarGzip,
            ContainerKind.TarZstd => SubmissionForm.TarZstd,
            ContainerKind.Gzip => SubmissionForm.Gzip,
            ContainerKind.Zstd => SubmissionForm.Zstd,
            _ => null,
        };
        return (form, demanded) switch
        {
            (_, SubmissionForm.Auto) => form,
            (SubmissionForm.TarGzip, SubmissionForm.Gzip) or (SubmissionForm.TarZstd, SubmissionForm.Zstd) => demanded, // the tar is wanted as one file
            _ => form == demanded ? form : null,
        };
    }

    private static ContainerKind KindOf(SubmissionForm form) => form switch
    {
        SubmissionForm.TarGzip => ContainerKind.TarGzip,
        SubmissionForm.TarZstd => ContainerKind.TarZstd,
        SubmissionForm.Gzip => ContainerKind.Gzip,
        SubmissionForm.Zstd => ContainerKind.Zstd,
        SubmissionForm.Tar => ContainerKind.Tar,
        _ => ContainerKind.Zip,
    };

    private static string Demand(SubmissionForm form, string name) =>
        form == SubmissionForm.Auto ? Path.GetExtension(name).TrimStart('.') : ContainerDetection.Name(KindOf(form));
}
