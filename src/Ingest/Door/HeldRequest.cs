using System.Text;
using Lantai.ArchivalStorage;
using Lantai.Containers;
using Lantai.InformationPackages;
using Lantai.Inspection;
using Lantai.RecordsManagement;
using Lantai.StoreFormat;
using Lantai.Words;

namespace Lantai.Ingest;

/// <summary>What is said of a package that waits: how it came, as what, and which files it has. Encrypted with it.</summary>
/// <remarks>spec/formats/waiting.md, "About".</remarks>
internal static class HeldRequest
{
    private const string Format = "lantai-waiting/1";

    /// <summary>Whether all that matters of a request can be said.</summary>
    public static bool CanSay(DoorRequest request) =>
        request.Submitted is { Decisions.Count: 0, Package: { Held: null } package } && package.Limits == ContainerLimits.Default;

    public static JsonMap Write(CaseAtDoor at, HeldSubmission held, string presenter)
    {
        var (request, package, channel) = (at.Request, at.Request.Submitted.Package, at.Request.Submitted.Channel);
        return new JsonMap()
            .Set("format", Format).Set("source", at.Source).Set("number", at.Number).Set("package", at.Digest).Set("presenter", presenter)
            .Set("kind", held.IsFolder ? "folder" : "file").Set("form", package.Form.ToString()).Set("names", package.DeclaredNames?.WebName)
            .Set("bagDemanded", Flag(package.IsBagDemanded)).Set("profile", request.Submitted.Profile?.Name).Set("announced", request.Announced)
            .Set("paper", request.PaperLocator).Set("approval", request.Approval).Set("schedule", request.Schedule).Set("code", request.ReferenceCode)
            .Set("declaration", request.Declaration is not { } said ? null : new JsonMap()
                .Set("act", said.Act.ToString()).Set("reason", said.Reason).Set("basis", said.Basis))
            .Set("channel", new JsonMap()
                .Set("kind", channel.Channel.ToString()).Set("reason", channel.OfflineReason).Set("declared", channel.DeclaredDigest).Set("items", channel.DeclaredItems)
                .Set("bytes", channel.DeclaredBytes).Set("approval", channel.Approval).Set("authenticated", Flag(channel.IsAuthenticated))
                .Set("operator", channel.Operator).Set("sent", channel.Sent).Set("received", channel.Received))
            .Set("medium", request.Submitted.Medium is not { } medium ? null : new JsonMap()
                .Set("number", medium.Number).Set("kind", medium.Kind).Set("extra", medium.ExtraFiles.Select(f => (object)f)).Set("bytes", medium.BytesRead)
                .Set("milliseconds", (long)medium.ReadTime.TotalMilliseconds))
            .Set("name", Name(held.Name))
            .Set("files", held.Files.Select(f => (object)Name(f.Name).Set("length", f.Length).Set("modified", f.Modified)))
            .Set("folders", held.EmptyFolders.Select(f => (object)Name(f.Name).Set("modified", f.Modified)));
    }

    /// <summary>The request again, its contents read from where they are held; null when this program cannot follow what is said.</summary>
    public static DoorRequest? Read(WaitingPackage waiting)
    {
        var about = waiting.About;
        if (about.Text("format") != Format || about.Text("source") is not { } source || about.Map("channel") is not { } channel || Held(waiting) is not { } held
            || !Enum.TryParse<SubmissionForm>(about.Text("form"), out var form) || !Enum.TryParse<SourceChannel>(channel.Text("kind"), out var kind))
        {
            return null;
        }

        var facts = new ChannelFacts(source, kind)
        {
            OfflineReason = channel.Text("reason"),
            DeclaredDigest = channel.Text("declared"),
            DeclaredItems = channel.Number("items"),
            DeclaredBytes = channel.Number("bytes"),
            Approval = channel.Text("approval"),
            IsAuthenticated = channel.Number("authenticated") == 1,
            Operator = channel.Text("operator"),
            Sent = channel.Time("sent"),
            Received = channel.Time("received"),
        };
        var package = new SubmissionSource("", form, ContainerLimits.Default, Encodings(about.Text("names")), held.Name, about.Number("bagDemanded") == 1) { Held = held };
        return new DoorRequest(new SubmittedPackage(package, facts) { Profile = about.Text("profile") is { } profile ? PackageProfiles.Find(profile) : null, Medium = Medium(about.Map("medium")) })
        {
            Announced = about.Text("announced"),
            PaperLocator = about.Text("paper"),
            Approval = about.Text("approval"),
            Schedule = about.Text("schedule"),
            ReferenceCode = about.Text("code"),
            Declaration = about.Map("declaration") is { } said && Enum.TryParse<ContentAct>(said.Text("act"), out var act)
                ? new ContentDeclaration(act, said.Text("reason") ?? "", said.Text("basis"))
                : null,
            Presenter = about.Text("presenter"),
        };
    }

    /// <summary>The medium as it was read when the package came; null for none.</summary>
    private static MediumFacts? Medium(JsonMap? map) => map?.Text("number") is { } number && map.Text("kind") is { } kind
        ? new MediumFacts(number, kind, [.. (map.List("extra") ?? []).OfType<string>()], map.Number("bytes") ?? 0, TimeSpan.FromMilliseconds(map.Number("milliseconds") ?? 0))
        : null;

    private static HeldSubmission? Held(WaitingPackage waiting)
    {
        var about = waiting.About;
        var (files, folders, offset) = (new List<PackageFile>(), new List<(EntryName, DateTimeOffset?)>(), 0L);
        foreach (var file in (about.List("files") ?? []).OfType<JsonMap>())
        {
            if (Name(file) is not { } name || file.Number("length") is not (>= 0 and var length))
            {
                return null;
            }

            var start = offset;
            files.Add(new PackageFile(name, length, () => waiting.OpenRead(start, length), file.Time("modified")));
            offset += length;
        }

        foreach (var folder in (about.List("folders") ?? []).OfType<JsonMap>())
        {
            if (Name(folder) is not { } name)
            {
                return null;
            }

            folders.Add((name, folder.Time("modified")));
        }

        var isFolder = about.Text("kind") == "folder";
        return about.Map("name") is { } own && Name(own) is { } called && offset == waiting.Length && (isFolder ? files.Count > 0 : files.Count == 1)
            ? new HeldSubmission(called, isFolder, files, folders)
            : null;
    }

    private static long? Flag(bool isSo) => isSo ? 1 : null;

    private static JsonMap Name(EntryName name) => name.IsUtf8
        ? new JsonMap().Set("path", name.Display)
        : new JsonMap().Set("path", name.Display).Set("pathBytes", Convert.ToBase64String(name.Bytes.Span)).Set("basis", (long)name.Basis);

    private static EntryName? Name(JsonMap map)
    {
        if (map.Text("path") is not { } path)
        {
            return null;
        }

        if (map.Text("pathBytes") is not { } said)
        {
            return EntryName.OfText(path);
        }

        var bytes = new byte[said.Length];
        return Convert.TryFromBase64String(said, bytes, out var length) && map.Number("basis") is >= 0 and <= (long)NameBasis.Escaped and var basis
            ? EntryName.OfStored(bytes.AsSpan(0, length), path, (NameBasis)basis)
            : null;
    }

    private static Encoding? Encodings(string? name) => name is null ? null : CodePagesEncodingProvider.Instance.GetEncoding(name) ?? Encoding.GetEncoding(name);
}
