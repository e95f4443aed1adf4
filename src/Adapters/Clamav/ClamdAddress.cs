using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Lantai.Adapters.Clamav;

/// <summary>Where a clamd listens: the path of a socket, or host and port.</summary>
/// <remarks>Immutable.</remarks>
public sealed class ClamdAddress
{
    /// <summary>The port that clamd listens at when nobody says another.</summary>
    public const int DefaultPort = 3310;

    private readonly string _text;

    private ClamdAddress(string text, EndPoint endPoint) => (_text, EndPoint) = (text, endPoint);

    /// <summary>Where to connect to.</summary>
    internal EndPoint EndPoint { get; }

    /// <summary>Reads <c>/path/of/socket</c>, <c>unix:/path</c>, <c>host</c>, <c>host:port</c> or <c>[address]:port</c>, with <c>tcp:</c> in front or not.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out ClamdAddress? address)
    {
        address = null;
        if (string.IsNullOrWhiteSpace(text))
        {
            return false;
        }

        var path = text.StartsWith("unix:", StringComparison.Ordinal) ? text[5..] : text;
        if (path.StartsWith('/'))
        {
            address = path.Length <= 107 ? new ClamdAddress(text, new UnixDomainSocketEndPoint(path)) : null; // sun_path of unix(7)
            return address is not null;
        }

        var place = text.StartsWith("tcp:", StringComparison.Ordinal) ? text[4..] : text;
        var colon = place.LastIndexOf(':');
        var hasPort = colon > place.LastIndexOf(']');
        var host = (hasPort ? place[..colon] : place).Trim('[', ']');
        var port = DefaultPort;
        if (host.Length == 0 || host.Contains('/', StringComparison.Ordinal) || Uri.CheckHostName(host) == UriHostNameType.Unknown
            || (hasPort && (!int.TryParse(place[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out port) || port is < 1 or > IPEndPoint.MaxPort)))
        {
            return false;
        }

        address = new ClamdAddress(text, IPAddress.TryParse(host, out var ip) ? new IPEndPoint(ip, port) : new DnsEndPoint(host, port));
        return true;
    }

    /// <summary>The address as it was written.</summary>
    public override string ToString() => _text;
}
