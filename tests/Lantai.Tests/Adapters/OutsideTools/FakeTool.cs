using Lantai.Adapters.OutsideTools;
using Lantai.Characterization;
using Lantai.Characterization.Examination;

namespace Lantai.Tests.Adapters.OutsideTools;

/// <summary>A shell script in the place of an outside program: a real process that does what the test wants.</summary>
internal sealed class FakeTool : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("lantai-fake-").FullName;

    public FakeTool(string script)
    {
        Program = Path.Combine(_folder, "tool");
        File.WriteAllText(Program, "#!/bin/sh\nif [ \"$1\" = --version ]; then echo \"tool version 1.2.3\"; exit 0; fi\n" + script.ReplaceLineEndings("\n").Replace("@", _folder, StringComparison.Ordinal) + "\n");
        File.SetUnixFileMode(Program, UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.UserWrite);
    }

    public string Program { get; }

    /// <summary>What the script left beside itself, written as <c>@/name</c> in it; null when nothing.</summary>
    public string? Left(string name) => File.Exists(Path.Combine(_folder, name)) ? File.ReadAllText(Path.Combine(_folder, name)) : null;

    public FencedTool As(ToolManner manner, ToolLimits? limits = null, bool mayCut = true) =>
        new(manner with { VersionArgument = "--version" }, Program, new ToolFence(mayCut), limits ?? ToolLimits.Default);

    public OutsideReport Read(byte[] bytes, ToolLimits? limits = null, bool mayCut = true) =>
        As(Qpdf.Manner, limits, mayCut).Read(FileContent.Of(bytes), null, TestContext.Current.CancellationToken);

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
