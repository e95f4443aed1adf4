using System.Security.Cryptography;
using Lantai.Containers;
using Lantai.InformationPackages.Xml;

namespace Lantai.InformationPackages;

/// <summary>One file that an encapsulated record holds or names (编码): embedded in Base64, or beside the package under its digest.</summary>
/// <remarks>Immutable; usable while the package is open. Contents may be read concurrently.</remarks>
public sealed class EepContent
{
    private readonly Func<Stream>? _open;

    internal EepContent(MarkupElement coding, Func<Stream>? open, bool isExternal, long? length)
    {
        (Coding, _open, IsExternal, Length) = (coding, open, isExternal, length);
    }

    /// <summary>计算机文件名.</summary>
    public string FileName => Attribute("计算机文件名");

    /// <summary>格式信息; empty when it is not said.</summary>
    public string Format => Attribute("格式信息");

    /// <summary>反编码关键字: how the content is encoded.</summary>
    public string Keyword => Coding.First("反编码关键字")?.Value ?? "";

    /// <summary>Whether it lies beside the package, which holds a digest of it.</summary>
    public bool IsExternal { get; }

    /// <summary>The length in bytes; null when there is no content to be had.</summary>
    public long? Length { get; }

    /// <summary>Whether the content can be opened.</summary>
    public bool IsThere => _open is not null;

    internal MarkupElement Coding { get; }

    /// <summary>Opens the content, decoded, to be read forwards. An embedded one is found by reading the package up to it.</summary>
    /// <exception cref="InvalidOperationException">There is no content to be had.</exception>
    /// <exception cref="ContentException">By this call or by reading: the package cannot be read any more.</exception>
    public Stream OpenRead() => _open?.Invoke() ?? throw new InvalidOperationException("The content is not there.");

    private string Attribute(string name) => Coding.First("电子属性")?.First(name)?.Value ?? "";
}

/// <summary>The text of one embedded content as bytes of ASCII, for a decoder.</summary>
internal sealed class EmbeddedTextStream(EmbeddedTexts texts) : ForwardStream
{
    private readonly byte[] _bytes = new byte[1 << 12];
    private int _next;
    private int _count;

    /// <summary>The decoded content of an embedded text, from 0 in the order of the file.</summary>
    public static Stream Decode(Func<Stream> open, string localName, int index, MarkupLimits limits)
    {
        var texts = new EmbeddedTexts(open, localName, limits, CancellationToken.None);
        texts.Seek(index);
        return new CryptoStream(new EmbeddedTextStream(texts), new FromBase64Transform(FromBase64TransformMode.IgnoreWhiteSpaces), CryptoStreamMode.Read);
    }

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        if (_next == _count)
        {
            var piece = texts.Read();
            (_next, _count) = (0, System.Text.Encoding.Latin1.GetBytes(piece, _bytes));
        }

        var length = Math.Min(buffer.Length, _count - _next);
        _bytes.AsSpan(_next, length).CopyTo(buffer);
        _next += length;
        return length;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            texts.Dispose();
        }

        base.Dispose(disposing);
    }
}
