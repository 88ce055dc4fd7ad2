namespace Platform.Host;

/// <summary>Tells whether a URL leads back to this server. Browsers read <c>//host</c>, <c>/\host</c> and control characters in their own way, so only plain local paths pass.</summary>
public static class LocalUrl
{
    private const int MaxLength = 2048;

    /// <summary>The URL where it is a path on this server; else <c>/</c>.</summary>
    public static string OrRoot(string? url) => IsLocal(url) ? url! : "/";

    /// <summary>True for a path that begins with exactly one slash and has only printable ASCII without a backslash.</summary>
    public static bool IsLocal(string? url)
    {
        if (string.IsNullOrEmpty(url) || url.Length > MaxLength || url[0] != '/' || (url.Length > 1 && url[1] == '/')) return false;
        foreach (var c in url)
        {
            if (c is <= ' ' or >= '\x7f' or '\\') return false;
        }

        return true;
    }
}
