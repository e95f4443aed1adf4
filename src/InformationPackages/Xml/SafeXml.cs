using System.Xml;

namespace Lantai.InformationPackages.Xml;

/// <summary>The one parser that packages are read with: no document type, nothing from outside, letters that are watched.</summary>
internal static class SafeXml
{
    /// <summary>A parser over watched letters, which it does not close.</summary>
    public static XmlReader Create(MarkupLetters letters) =>
        XmlReader.Create(letters, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, CheckCharacters = true, CloseInput = false });
}
