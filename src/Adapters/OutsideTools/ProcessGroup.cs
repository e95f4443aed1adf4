using System.Runtime.InteropServices;

namespace Lantai.Adapters.OutsideTools;

/// <summary>Ends a program together with the children that it started.</summary>
internal static class ProcessGroup
{
    private const int Kill = 9;

    /// <summary>Ends every process of the group that this process leads. One that has ended already is no matter.</summary>
    public static void End(int leader)
    {
        // A group 0 or 1 would be our own or everybody.
        ArgumentOutOfRangeException.ThrowIfLessThan(leader, 2);
        _ = kill(-leader, Kill);
    }

    [DllImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int kill(int process, int signal);
}
