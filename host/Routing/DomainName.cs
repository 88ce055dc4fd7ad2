using System.Diagnostics.CodeAnalysis;
using Platform.Host.Configuration;

namespace Platform.Host.Routing;

/// <summary>How a domain may be written: a host, an address, or <c>*.suffix</c>.</summary>
public static class DomainName
{
    /// <summary>Checks a domain; false with the complaint <c>found; expected. remedy</c>.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out string? domain, [NotNullWhen(false)] out string? complaint)
    {
        var expected = Expected(text);
        domain = expected is null ? text : null;
        complaint = expected is null ? null : $"{Quoted.Text(text)}; {expected}.";
        return expected is null;
    }

    private static string? Expected(string text)
    {
        if (text is "*" or "*.") return "expected a host or *.suffix. Hosts that no domain matches have default_theme";
        if (text.Any(c => c > '~')) return "expected ASCII. Write the name in its xn-- form";
        if (text.StartsWith('[')) return text.EndsWith(']') && AddressText.TryParse(text[1..^1], out _, out _) ? null : "expected an IPv6 address in brackets";
        if (text.Contains(':', StringComparison.Ordinal)) return "expected a host without a port. The port never matters";
        var host = text.StartsWith("*.", StringComparison.Ordinal) ? text[2..] : text;
        return HostPort.IsHost(host) ? null : "expected a host such as www.example.com, an address, or *.example.com";
    }
}
