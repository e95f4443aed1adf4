using System.Text;
using System.Xml;
using Lantai.Characterization.Examination;
using Lantai.Containers;

namespace Lantai.Characterization.Packages;

/// <summary>Reads the XML of a part node by node to its end: no entity is expanded, nothing outside is fetched.</summary>
internal static class PartXml
{
    private const int MostLevels = 1000;

    /// <summary>Reads; what is not well-formed is noted as broken.</summary>
    /// <param name="xml">The part; IO failures of it pass through.</param>
    /// <param name="part">How notes call it.</param>
    /// <param name="notes">Takes what is wrong.</param>
    /// <param name="visit">Called on every node; does not move the reader.</param>
    /// <param name="passDtd">Whether a document type is passed over, as old formats have one; else it is a fault.</param>
    /// <returns>Whether the end was reached.</returns>
    public static bool Read(Stream xml, string part, ExaminationNotes notes, Action<XmlReader>? visit = null, bool passDtd = false)
    {
        var settings = new XmlReaderSettings
        {
            DtdProcessing = passDtd ? DtdProcessing.Ignore : DtdProcessing.Prohibit, XmlResolver = null, CloseInput = false,
            IgnoreComments = true, IgnoreProcessingInstructions = true,
        };
        using var watched = new TagLengthStream(xml);
        try
        {
            using var reader = DeclaredEncoding.Open(watched, settings);
            while (reader.Read())
            {
                // The reader holds every open element: a million of them would be memory for nothing.
                if (reader.Depth > MostLevels)
                {
                    notes.NotCheckable("too-deep");
                    return false;
                }

                visit?.Invoke(reader);
            }

            return true;
        }
        catch (XmlException) when (watched.Why is not null)
        {
            notes.NotCheckable(watched.Why);
        }
        catch (Exception unknown) when (DeclaredEncoding.IsUnknown(unknown))
        {
            notes.NotCheckable("unknown-encoding");
        }
        catch (Exception bad) when (bad is XmlException or DecoderFallbackException)
        {
            notes.Broken(part, "not-well-formed");
        }

        return false;
    }

    /// <summary>Reads an XML part of a package, checked to its end.</summary>
    public static bool Read(this PackageParts parts, ZipEntry entry, ExaminationNotes notes, Action<XmlReader>? visit = null, bool passDtd = false)
    {
        var isWhole = false;
        return parts.Read(entry, s => isWhole = !parts.IsParsed(entry) || Read(s, entry.Name.Display, notes, visit, passDtd)) && isWhole;
    }
}
