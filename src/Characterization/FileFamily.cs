namespace Lantai.Characterization;

/// <summary>Files that are looked into the same way, whatever their versions are called.</summary>
public enum FileFamily
{
    /// <summary>None that is looked into.</summary>
    Other,

    /// <summary>PDF and PDF/A.</summary>
    Pdf,

    /// <summary>Office Open XML (ECMA-376, ISO/IEC 29500).</summary>
    OpenXml,

    /// <summary>OpenDocument (ISO/IEC 26300).</summary>
    OpenDocument,

    /// <summary>OFD, the Chinese fixed-layout format (GB/T 33190).</summary>
    Ofd,

    /// <summary>EPUB.</summary>
    Epub,

    /// <summary>A zip that is none of the above.</summary>
    Zip,

    /// <summary>A compound file (OLE2, MS-CFB), such as Office 97 to 2003 and encrypted Office Open XML.</summary>
    Compound,

    /// <summary>tar, compressed or not.</summary>
    Tar,

    /// <summary>One file compressed by gzip.</summary>
    Gzip,

    /// <summary>7z.</summary>
    SevenZip,

    /// <summary>RAR, version 4 or 5.</summary>
    Rar,

    /// <summary>OpenPGP messages and keys (RFC 9580), binary or armoured.</summary>
    OpenPgp,

    /// <summary>Cryptographic Message Syntax (RFC 5652), with OIDs of RFC 5652 or GB/T 35275, DER or PEM.</summary>
    Cms,

    /// <summary>XML, HTML as XML included.</summary>
    Xml,

    /// <summary>Text without a mark-up that is known here: TXT, CSV, HTML, JSON, RTF, e-mail.</summary>
    Text,

    /// <summary>TIFF.</summary>
    Tiff,

    /// <summary>JPEG.</summary>
    Jpeg,

    /// <summary>JPEG 2000.</summary>
    Jpeg2000,

    /// <summary>PNG.</summary>
    Png,

    /// <summary>GIF.</summary>
    Gif,

    /// <summary>BMP.</summary>
    Bmp,

    /// <summary>WebP.</summary>
    WebP,

    /// <summary>RIFF/RF64 WAVE, BWF.</summary>
    Wave,

    /// <summary>MPEG audio layer III, with ID3 or without.</summary>
    Mp3,

    /// <summary>FLAC.</summary>
    Flac,

    /// <summary>Ogg.</summary>
    Ogg,

    /// <summary>AVI.</summary>
    Avi,

    /// <summary>MP4, QuickTime and their kin (ISO/IEC 14496-12).</summary>
    Mp4,

    /// <summary>MPEG programme or transport stream, or video elementary stream.</summary>
    Mpeg,

    /// <summary>MXF.</summary>
    Mxf,

    /// <summary>Matroska, WebM.</summary>
    Matroska,

    /// <summary>A program for an operating system: PE, ELF, Mach-O, or a script with an interpreter line.</summary>
    Executable,
}
