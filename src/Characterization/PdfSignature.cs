namespace Lantai.Characterization;

/// <summary>A signature of a PDF: where it stands, and what it says that it is over. Whether it holds is not judged here.</summary>
/// <param name="Place">The object.</param>
/// <param name="Form">The name of its form (<c>/SubFilter</c>), such as <c>ETSI.CAdES.detached</c>; empty when it names none.</param>
/// <param name="Range">The numbers of <c>/ByteRange</c>: places and lengths in bytes, by turns, as they stand there.</param>
/// <remarks>Immutable. Source: ISO 32000-2, 12.8.1.</remarks>
public sealed record PdfSignature(string Place, string Form, IReadOnlyList<long> Range);
