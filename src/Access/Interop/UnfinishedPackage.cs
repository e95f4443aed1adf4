using System.Runtime.InteropServices;
using System.Text;
using Lantai.InformationPackages;
using Lantai.Words;

namespace Lantai.Access.Interop;

/// <summary>Removes what was written of a package that did not become whole.</summary>
internal static class UnfinishedPackage
{
    /// <summary>Removes a file or folder. Never fails: the failure that led here is the one to be told.</summary>
    public static void Remove(string path)
    {
        try
        {
            if (Directory.Exists(path))
            {
                RemoveOddNames(path);
                Directory.Delete(path, recursive: true);
            }
            else
            {
                File.Delete(path);
            }
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            // What is left carries a name that nobody takes for a finished package.
        }
    }

    /// <summary>The runtime decodes names and cannot delete those that are not UTF-8; the C library can.</summary>
    private static void RemoveOddNames(string path)
    {
        using var folder = ByteFolder.Open(path);
        foreach (var entry in folder.Walk([]).Where(entry => !entry.Name.IsUtf8).ToList())
        {
            var name = entry.Name.Bytes;
            while (!EntryName.OfBytes(name.Span).IsUtf8)
            {
                // Of a folder that still holds something this fails; the last of its files succeeds.
                _ = remove([.. Encoding.UTF8.GetBytes(path), (byte)'/', .. name.Span, 0]);
                name = name[..Math.Max(name.Span.LastIndexOf((byte)'/'), 0)];
            }
        }
    }

    [DllImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int remove(byte[] path);
}
