using System.Text;
using Lantai.Characterization.Examination;
using Lantai.Characterization.Packages;

namespace Lantai.Characterization.Text;

/// <summary>Mail (RFC 5322, MIME): header fields, attachments by their names, what lies in parts that are packed in base64, and that every multipart ends.</summary>
internal sealed class MailText(FileContent content, ExaminationNotes notes, ExaminationLimits limits, CancellationToken cancellation) : IDisposable
{
    private const int MostLine = 8192;
    private const int MostPackedLine = 1 << 20;
    private const int MostBoundaries = 64;

    private static readonly string[] Fields = ["From", "To", "Subject", "Date", "Received", "Return-Path", "MIME-Version", "Message-ID", "Delivered-To", "Content-Type"];

    private static readonly string[] Programs = [".exe", ".scr", ".com", ".bat", ".cmd", ".dll", ".msi", ".js", ".jse", ".vbs", ".vbe", ".wsf", ".hta", ".ps1", ".jar", ".lnk", ".pif", ".cpl"];

    private readonly List<(string Boundary, bool IsClosed)> _boundaries = [];
    private readonly NestedFiles _nested = new(notes, limits, cancellation, looksIntoTexts: true);
    private MailPart _part = new();
    private int _parts;
    private int _attachments;
    private bool _isHeader = true;
    private bool _isBodyStart;
    private string _field = "";

    /// <summary>Whether a text begins as a mail or a part of one does: two fields of mail before the first empty line, and nothing but fields.</summary>
    public static bool IsLikely(string start)
    {
        if (start.StartsWith("Content-Type:", StringComparison.OrdinalIgnoreCase))
        {
            return true; // a part of a mail by itself, such as one that was signed (RFC 8551 §3.1)
        }

        var known = 0;
        foreach (var line in start.Split('\n').Select(l => l.TrimEnd('\r')).TakeWhile(l => l.Length > 0).Take(40))
        {
            var colon = line.IndexOf(':');
            if (line[0] is ' ' or '\t' || (known == 0 && line.StartsWith("From ", StringComparison.Ordinal)))
            {
                continue;
            }

            if (colon <= 0 || line.AsSpan(0, colon).ContainsAny(" \t"))
            {
                return known > 1 && start.Length >= 4096;
            }

            known += Array.Exists(Fields, f => line.AsSpan(0, colon).Equals(f, StringComparison.OrdinalIgnoreCase)) ? 1 : 0;
        }

        return known > 1;
    }

    /// <summary>Removes what was unpacked.</summary>
    public void Dispose() => _nested.Dispose();

    /// <summary>Reads the file to its end.</summary>
    public void Read()
    {
        using var lines = new StreamReader(content.OpenStream(), Encoding.Latin1, detectEncodingFromByteOrderMarks: false, MostLine);
        var line = new StringBuilder();
        for (int one; (one = lines.Read()) >= 0;)
        {
            if (one == '\n')
            {
                cancellation.ThrowIfCancellationRequested();
                Take(line.ToString().TrimEnd('\r'));
                _ = line.Clear();
            }
            else if (line.Length < (IsInPacked ? MostPackedLine : MostLine))
            {
                _ = line.Append((char)one);
            }
            else if (IsInPacked)
            {
                _part.Append(line.ToString(), limits); // all in one line: whoever reads it passes over line ends anyway
                _ = line.Clear().Append((char)one);
            }
        }

        Take(line.ToString());
        Unfold();
        EndPart();
        notes.Set("attachments", _attachments);
        if (_boundaries.Find(b => !b.IsClosed) is { Boundary: { } open })
        {
            throw WalkStoppedException.Broken(open, content.Length, "cut-off");
        }
    }

    private bool IsInPacked => !_isHeader && _part.IsPacked;

    private void EndPart()
    {
        _part.Finish(++_parts, _nested, notes);
        _part = new MailPart();
    }

    private void Take(string line)
    {
        if (line.StartsWith("--", StringComparison.Ordinal) && _boundaries.FindIndex(b => line.AsSpan(2).TrimEnd().StartsWith(b.Boundary)) is >= 0 and var found)
        {
            var (boundary, _) = _boundaries[found];
            EndPart();
            _isHeader = true;
            if (line.AsSpan(2 + boundary.Length).StartsWith("--"))
            {
                _boundaries[found] = (boundary, true);
                _isHeader = false;
            }

            return;
        }

        if (_isHeader)
        {
            TakeHeader(line);
        }
        else if (_part.IsPacked)
        {
            _part.Append(line, limits);
        }

        if (!_isHeader && _isBodyStart && line.Length > 0)
        {
            // In base64 a program for Windows begins so: "MZ" and what always follows.
            _isBodyStart = false;
            if (line.StartsWith("TVqQAAMAAAA", StringComparison.Ordinal) || line.StartsWith("TVpQAAIAAAA", StringComparison.Ordinal))
            {
                notes.Active("embedded-executable", "base64");
            }
        }
    }

    private void TakeHeader(string line)
    {
        if (line.StartsWith(' ') || line.StartsWith('\t'))
        {
            _field = _field.Length < MostLine ? _field + " " + line.Trim() : _field;
            return;
        }

        Unfold();
        _field = line;
        if (line.Length == 0)
        {
            (_isHeader, _isBodyStart) = (_part.IsMail, true);
            _part = _part.IsMail ? new MailPart() : _part;
        }
    }

    private void Unfold()
    {
        var colon = _field.IndexOf(':');
        var (name, value) = colon > 0 ? (_field[..colon].Trim().ToLowerInvariant(), _field[(colon + 1)..]) : ("", "");
        _field = "";
        if (name == "content-type" && value.Contains("multipart/", StringComparison.OrdinalIgnoreCase) && Parameter(value, "boundary") is { Length: > 0 } boundary && _boundaries.Count < MostBoundaries)
        {
            _boundaries.Add((boundary, false));
        }

        if (name == "content-disposition" && value.TrimStart().StartsWith("attachment", StringComparison.OrdinalIgnoreCase))
        {
            _attachments++;
        }

        if (name == "content-type")
        {
            _part.Type = value.Split(';')[0].Trim().ToLowerInvariant();
            _part.Protection = (Parameter(value, "smime-type") ?? Parameter(value, "protocol") ?? "").ToLowerInvariant();
        }
        else if (name == "content-transfer-encoding")
        {
            _part.Encoding = value.Trim().ToLowerInvariant();
        }

        if (name is "content-disposition" or "content-type" && _part.Name.Length == 0)
        {
            _part.Name = Parameter(value, "filename") ?? Parameter(value, "name") ?? "";
        }

        if (name is "content-disposition" or "content-type" && (Parameter(value, "filename") ?? Parameter(value, "name")) is { } file
            && Array.Exists(Programs, p => file.EndsWith(p, StringComparison.OrdinalIgnoreCase)))
        {
            notes.Active("embedded-executable", file);
        }
    }

    private static string? Parameter(string value, string name)
    {
        var at = value.IndexOf(name + "=", StringComparison.OrdinalIgnoreCase);
        if (at < 0)
        {
            return null;
        }

        var rest = value.AsSpan(at + name.Length + 1).TrimStart();
        var isQuoted = rest.StartsWith("\"");
        rest = isQuoted ? rest[1..] : rest;
        var end = isQuoted ? rest.IndexOf('"') : rest.IndexOfAny("; \t");
        return (end < 0 ? rest : rest[..end]).ToString();
    }
}
