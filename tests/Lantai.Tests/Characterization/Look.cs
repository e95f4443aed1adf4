using Lantai.Characterization;
using Lantai.Characterization.Examination;

namespace Lantai.Tests.Characterization;

/// <summary>Looks into bytes as the product does, and cuts sound files where a bad transfer would.</summary>
internal static class Look
{
    internal static FileExamination Into(byte[] bytes, ExaminationLimits? limits = null) =>
        FileExaminers.Examine(FileContent.Of(bytes), "file", limits ?? ExaminationLimits.Default, CancellationToken.None);

    /// <summary>Examines by one examiner whatever the bytes begin with.</summary>
    internal static FileExamination As(IExaminer examiner, FileFamily family, byte[] bytes, ExaminationLimits? limits = null)
    {
        var notes = new ExaminationNotes("file", family);
        examiner.Examine(FileContent.Of(bytes), notes, limits ?? ExaminationLimits.Default, CancellationToken.None);
        return notes.ToExamination();
    }

    /// <summary>Faults of the findings, such as <c>cut-off</c>.</summary>
    internal static string Fault(FileExamination found) =>
        string.Join(",", found.Findings.SelectMany(f => f.Arguments).Where(a => a.Key is "fault" or "why").Select(a => a.Value));

    /// <summary>No beginning of a sound file is ever called readable, and none crashes.</summary>
    internal static void NeverReadableWhenCut(IExaminer examiner, FileFamily family, byte[] sound, int least = 8)
    {
        var step = Math.Max(1, sound.Length / 400);
        for (var length = least; length < sound.Length; length += step)
        {
            var found = As(examiner, family, sound[..length]);
            Assert.True(found.Readability != Readability.Readable, $"{family} cut to {length} of {sound.Length} bytes is called readable.");
        }

        Assert.NotEqual(Readability.Readable, As(examiner, family, sound[..^1]).Readability);
    }

    /// <summary>Whatever one byte is changed to, nothing is thrown and nothing hangs.</summary>
    internal static void NeverCrashesWhenChanged(IExaminer examiner, FileFamily family, byte[] sound)
    {
        var random = new Random(20260401);
        for (var round = 0; round < 400; round++)
        {
            var bytes = (byte[])sound.Clone();
            for (var change = 0; change <= round % 4; change++)
            {
                bytes[random.Next(bytes.Length)] = (byte)(random.Next(3) switch { 0 => 0xFF, 1 => 0, _ => random.Next(256) });
            }

            _ = As(examiner, family, bytes);
        }
    }
}
