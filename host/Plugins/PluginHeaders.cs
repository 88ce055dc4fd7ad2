namespace Platform.Host.Plugins;

/// <summary>Which response headers a plugin may set.</summary>
public static class PluginHeaders
{
    private static readonly HashSet<string> Framing = new(StringComparer.OrdinalIgnoreCase) { "Content-Length", "Transfer-Encoding", "Content-Encoding", "Connection", "Keep-Alive", "Upgrade", "Trailer" };

    /// <summary>True for a plain name, a printable value, and none that says how the message itself is sent.</summary>
    public static bool IsAllowed(string name, string? value) =>
        name.Length is > 0 and <= 64 && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_')
        && value is { Length: <= 4096 } && value.All(c => c is >= ' ' and < '\x7f')
        && !Framing.Contains(name);
}
