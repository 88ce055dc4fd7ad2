using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.RegularExpressions;
using Platform.Host.Configuration;

namespace Platform.Host.Routing;

/// <summary>Where a route sends its visitors: a path on this server or an http(s) URL, in which <c>{name}</c> stands for what the pattern captured.</summary>
public sealed partial class RedirectTarget
{
    private readonly string text;

    private RedirectTarget(string text) => this.text = text;

    /// <summary>Reads a target; false with the complaint <c>found; expected. remedy</c>.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out RedirectTarget? target, [NotNullWhen(false)] out string? complaint)
    {
        var isTarget = IsTarget(text);
        target = isTarget ? new(text) : null;
        complaint = isTarget ? null : $"{Quoted.Text(text)}; expected a path on this server such as /news, or an http(s) URL, with {{name}} behind the host only.";
        return isTarget;
    }

    /// <summary>A name in it that the pattern does not capture; null where all are known.</summary>
    public string? UnknownName(RoutePattern pattern) =>
        Placeholder().Matches(text).Select(match => match.Groups[1].Value).FirstOrDefault(name => !pattern.Parameters.Contains(name));

    /// <summary>The URL for what was captured, each value encoded, so that none can lead elsewhere.</summary>
    public string For(IReadOnlyDictionary<string, string> values)
    {
        if (values.Count == 0) return text;
        var url = new StringBuilder(text.Length + 16);
        var end = 0;
        foreach (Match match in Placeholder().Matches(text))
        {
            url.Append(text, end, match.Index - end);
            var value = string.Join('/', values[match.Groups[1].Value].Split('/').Select(Uri.EscapeDataString));
            // A captured slash behind a written one would make "//host" of a path.
            url.Append(url.Length > 0 && url[^1] == '/' ? value.TrimStart('/') : value);
            end = match.Index + match.Length;
        }

        return url.Append(text, end, text.Length - end).ToString();
    }

    /// <summary>The target as written.</summary>
    public override string ToString() => text;

    private static bool IsTarget(string text)
    {
        if (text.Any(c => c is <= ' ' or > '~' or '\\' or '"' or '<' or '>')) return false;
        var filled = Placeholder().Replace(text, "x");
        if (filled.IndexOfAny(['{', '}']) >= 0) return false;
        if (Names.IsLocalPath(text)) return !text.StartsWith("/{", StringComparison.Ordinal) || Names.IsLocalPath(filled);
        if (!Uri.TryCreate(filled, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https") || url.Host.Length == 0 || url.UserInfo.Length > 0) return false;
        var hostEnd = text.IndexOf('/', url.Scheme.Length + "://".Length);
        var name = text.IndexOf('{', StringComparison.Ordinal);
        return text.StartsWith(url.Scheme + "://", StringComparison.OrdinalIgnoreCase) && (name < 0 || (hostEnd > 0 && name > hostEnd));
    }

    [GeneratedRegex(@"\{([A-Za-z_][A-Za-z0-9_]*)\}", RegexOptions.CultureInvariant)]
    private static partial Regex Placeholder();
}
