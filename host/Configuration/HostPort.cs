using System.Diagnostics.CodeAnalysis;

namespace Platform.Host.Configuration;

/// <summary>A host and a port: <c>localhost:8080</c>, <c>[::1]:6379</c>.</summary>
/// <param name="Host">A name or an address; IPv6 without brackets.</param>
/// <param name="Port">0 to 65535.</param>
public sealed record HostPort(string Host, int Port)
{
    /// <summary>host:port, IPv6 in brackets.</summary>
    public override string ToString() => Host.Contains(':') ? $"[{Host}]:{Port}" : $"{Host}:{Port}";

    /// <summary>Reads <c>host:port</c> with any host that is a name or an address.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out HostPort? value, [NotNullWhen(false)] out string? complaint)
    {
        value = Read(text);
        complaint = value is null or { Port: 0 } ? $"{Quoted.Text(text)}; expected host:port with a port from 1 to 65535." : null;
        return complaint is null;
    }

    internal static HostPort? Read(string text)
    {
        var colon = text.LastIndexOf(':');
        if (colon < 1) return null;
        var port = text.AsSpan(colon + 1);
        if (port.Length is 0 or > 5 || port.ContainsAnyExceptInRange('0', '9') || int.Parse(port) > 65535) return null;
        var host = text[..colon];
        if (host.StartsWith('[') && host.EndsWith(']')) return host.Contains(':') && AddressText.TryParse(host[1..^1], out _, out _) ? new(host[1..^1], int.Parse(port)) : null;
        return host == "*" || IsHost(host) ? new(host, int.Parse(port)) : null;
    }

    // What ends in a number is an address or nothing: no resolver is to guess what 10.1 means.
    internal static bool IsHost(string host)
    {
        if (host.Length > 253 || host.Split('.').Any(label => label.Length is 0 or > 63 || !label.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'))) return false;
        return !char.IsAsciiDigit(host[host.LastIndexOf('.') + 1]) || AddressText.TryParse(host, out _, out _);
    }
}
