using System.Text;
using Lantai.Cli.Demo.Paper;

namespace Lantai.Cli.Demo;

/// <summary>Contents that no archive takes: a PDF that only a password opens, and the harmless file by which engines are tested.</summary>
internal static class DemoLocked
{
    /// <summary>A PDF whose content is encrypted, as its trailer says; the password is not known to anybody.</summary>
    public static byte[] Pdf()
    {
        var plain = Encoding.Latin1.GetString(DemoPaper.Write("现场核查记录", ["示例"], "Example (fictitious)", isSealed: false));
        var key = string.Concat(Enumerable.Range(1, 32).Select(i => (i * 7 % 251).ToString("X2", System.Globalization.CultureInfo.InvariantCulture)));
        return Encoding.Latin1.GetBytes(plain.Replace("trailer\n<< ", $"trailer\n<< /Encrypt << /Filter /Standard /V 1 /R 2 /O <{key}> /U <{key}> /P -44 >> ", StringComparison.Ordinal));
    }

    /// <summary>The test file of EICAR. It is put together here, so that no engine finds it in the program.</summary>
    public static byte[] TestVirus() => Encoding.ASCII.GetBytes(string.Concat(@"X5O!P%@AP[4\PZX54(P^)7CC)7}$", "EICAR-STANDARD-", "ANTIVIRUS-TEST-FILE!", "$H+H*"));
}
