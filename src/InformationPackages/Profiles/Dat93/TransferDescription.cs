using System.Text;
using Lantai.Containers;
using Lantai.InformationPackages.Xml;
using Lantai.Words;

namespace Lantai.InformationPackages;

/// <summary>A line of 说明文件.TXT.</summary>
/// <param name="Number">The line's number, from 1.</param>
/// <param name="Name">The field; null for a line that names none.</param>
/// <param name="Value">What follows the colon, or the whole line.</param>
public sealed record TransferField(int Number, string? Name, string Value);

/// <summary>说明文件.TXT of a transfer package: lines of <c>字段：值</c> in one encoding (spec/formats/dat93-package.md).</summary>
internal sealed class TransferDescription(MarkupEncoding encoding, IReadOnlyList<TransferField> fields)
{
    internal const string FileName = "说明文件.TXT";

    private const long MostBytes = 1 << 20;
    private const char Colon = '：';

    private static readonly string[] Required = ["移交单位", "内容描述", "起止档号", "档案数量", "软硬件环境"];

    /// <summary>The encoding of its bytes: UTF-8 where they are that, else GB18030, which holds GB2312.</summary>
    public MarkupEncoding Encoding => encoding;

    /// <summary>The lines in order, those that name no field too.</summary>
    public IReadOnlyList<TransferField> Fields => fields;

    /// <summary>The first field of a name; null when there is none.</summary>
    public TransferField? First(string name) => fields.FirstOrDefault(f => f.Name == name);

    /// <summary>Reads it; null when it is not there or is no text, which is told.</summary>
    public static TransferDescription? Read(PackageTree package, PackageFindings findings)
    {
        if (package.Find(FileName) is not { } file)
        {
            findings.Error("PKG-130", FileName, "", "reading-dat93");
            return null;
        }

        if (file.Length > MostBytes)
        {
            findings.Add(Finding.Error("PKG-106", FileName, ("measure", "bytes"), ("limit", MostBytes), ("line", 1), ("path", "")));
            return null;
        }

        if (ReadAll(file, findings) is not { } bytes)
        {
            return null;
        }

        if (Decode(bytes, MarkupEncoding.Utf8) is { } text)
        {
            return new TransferDescription(MarkupEncoding.Utf8, Split(text));
        }

        if (Decode(bytes, MarkupEncoding.Gb18030) is { } national)
        {
            return new TransferDescription(MarkupEncoding.Gb18030, Split(national));
        }

        findings.Error("PKG-161", FileName, "", "reading-dat93", "UTF-8, GB18030, GB2312");
        return null;
    }

    /// <summary>Tells what is missing, empty, said twice or no field.</summary>
    public void Check(PackageFindings findings)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var field in fields)
        {
            if (field.Name is not { } name)
            {
                if (string.IsNullOrWhiteSpace(field.Value))
                {
                    continue;
                }

                findings.ErrorOnLine("PKG-133", FileName, field.Number, "reading-dat93", "field", field.Value);
            }
            else if (!seen.Add(name))
            {
                findings.ErrorOnLine("PKG-135", FileName, field.Number, "reading-dat93", "1", name);
            }
            else if (string.IsNullOrWhiteSpace(field.Value) && Required.Contains(name))
            {
                findings.ErrorOnLine("PKG-134", FileName, field.Number, "reading-dat93", name);
            }
        }

        foreach (var name in Required.Where(r => !seen.Contains(r)))
        {
            findings.Error("PKG-166", FileName, "", "reading-dat93", name);
        }
    }

    /// <summary>The bytes: the lines, each ended by LF.</summary>
    /// <exception cref="ArgumentException">The encoding cannot hold a character.</exception>
    public byte[] Write()
    {
        var text = string.Concat(fields.Select(f => (f.Name is null ? f.Value : f.Name + Colon + f.Value) + "\n"));
        return encoding.CanHold(text) ? encoding.Codec.GetBytes(text) : throw new ArgumentException($"{encoding} cannot hold the text.");
    }

    private static byte[]? ReadAll(PackageFile file, PackageFindings findings)
    {
        try
        {
            var bytes = new byte[file.Length];
            using var stream = file.OpenRead();
            return bytes[..stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false)];
        }
        catch (ContentException bad)
        {
            findings.Add(bad.Finding);
            return null;
        }
    }

    private static string? Decode(byte[] bytes, MarkupEncoding encoding)
    {
        try
        {
            return encoding.Codec.GetString(bytes.AsSpan().StartsWith("\uFEFF"u8) ? bytes.AsSpan(3) : bytes);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    private static List<TransferField> Split(string text)
    {
        var lines = text.Replace("\r\n", "\n", StringComparison.Ordinal).Split('\n').ToList();
        if (lines[^1].Length == 0)
        {
            lines.RemoveAt(lines.Count - 1);
        }

        return [.. lines.Select((line, i) => Split(line, i + 1))];
    }

    private static TransferField Split(string line, int number)
    {
        var colon = line.IndexOf(Colon, StringComparison.Ordinal);
        return colon <= 0 ? new TransferField(number, null, line) : new TransferField(number, line[..colon], line[(colon + 1)..]);
    }
}
