using System.Globalization;
using System.Text.Json;
using Lantai.Characterization.Policy;
using Lantai.Characterization.Registry;

namespace Lantai.Characterization.Profile;

/// <summary>A profile for programs.</summary>
public static class ProfileJson
{
    /// <summary>Writes a profile as one JSON object, its rows in order; members whose value is not known are left out.</summary>
    /// <param name="profile">The profile.</param>
    /// <param name="target">Receives the text in UTF-8; stays open.</param>
    /// <param name="holdings">What was profiled, as its keepers call it.</param>
    /// <param name="issued">When.</param>
    public static void Write(FormatProfile profile, Stream target, string holdings, DateTimeOffset issued)
    {
        ArgumentNullException.ThrowIfNull(profile);
        using var writer = new Utf8JsonWriter(target);
        writer.WriteStartObject();
        writer.WriteString("format", "lantai-profile/1");
        writer.WriteString("holdings", holdings);
        writer.WriteString("issued", issued.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
        writer.WriteNumber("files", profile.Files);
        writer.WriteNumber("bytes", profile.Bytes);
        writer.WriteBoolean("folded", profile.IsFolded);
        writer.WriteStartArray("rows");
        foreach (var row in profile.Rows)
        {
            Write(writer, row);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, ProfileRow row)
    {
        writer.WriteStartObject();
        if (row.Format is { } format)
        {
            writer.WriteString("id", format.Id);
            writer.WriteString("name", format.Name);
            WriteKnown(writer, "zh", format.ChineseName);
            WriteKnown(writer, "version", format.Version);
            writer.WriteString("class", FormatIds.Write(format.Class));
        }

        writer.WriteString("verdict", PolicyWords.Write(row.Verdict));
        writer.WriteString("readability", PolicyWords.Write(row.Readability));
        if (row.Year is { } year)
        {
            writer.WriteNumber("year", year);
        }

        writer.WriteNumber("files", row.Files);
        writer.WriteNumber("bytes", row.Bytes);
        writer.WriteEndObject();
    }

    private static void WriteKnown(Utf8JsonWriter writer, string name, string? value)
    {
        if (value is not null)
        {
            writer.WriteString(name, value);
        }
    }
}
