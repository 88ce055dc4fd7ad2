using System.Diagnostics.CodeAnalysis;

namespace Platform.Host.Configuration;

/// <summary>Where to listen: <c>http://localhost:8080</c>.</summary>
/// <param name="Host">localhost, an address (IPv6 without brackets), or <c>*</c> for all addresses.</param>
/// <param name="Port">0 to 65535; 0 for any free one.</param>
public sealed record ListenUrl(string Host, int Port)
{
    /// <summary>http://host:port</summary>
    public override string ToString() => $"http://{new HostPort(Host, Port)}";

    /// <summary>Reads one URL; false with the complaint <c>found; expected. remedy</c>.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out ListenUrl? value, [NotNullWhen(false)] out string? complaint)
    {
        const string Scheme = "http://";
        var place = text.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? HostPort.Read(text[Scheme.Length..]) : null;
        value = place is not null && CanListenOn(place.Host) ? new(place.Host, place.Port) : null;
        complaint = value is not null ? null
            : text.StartsWith("https:", StringComparison.OrdinalIgnoreCase) ? $"{Quoted.Text(text)}; expected http://host:port. Let a proxy in front end TLS."
            : $"{Quoted.Text(text)}; expected http://host:port, the host localhost, an address or *, without a path.";
        return value is not null;
    }

    // Any other name would be taken for "all addresses" by the server, which is hardly what was meant.
    private static bool CanListenOn(string host) =>
        host == "*" || host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || AddressText.TryParse(host, out _, out _);
}
