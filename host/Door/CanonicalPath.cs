using System.Text;
using System.Text.Unicode;

namespace Platform.Host;

/// <summary>
/// The one reading of a request's target: decoded once, without trailing slash. Access rules, cache key, routes, files,
/// templates and log all use it, so no two of them can read a path differently.
/// </summary>
/// <param name="Path">The path, with a leading and without a trailing slash.</param>
/// <param name="Query">The raw query behind <c>?</c>; empty where there is none.</param>
/// <param name="MovedTo">Where the same thing stands under its canonical path, escaped, with the query; null where the request was canonical.</param>
/// <param name="Complaint">Why the target is refused; null where it is not.</param>
public readonly record struct CanonicalPath(string Path, string Query, string? MovedTo, string? Complaint)
{
    private const int MaxLength = 2048;

    /// <summary>Reads the target of a request line.</summary>
    /// <param name="target">As sent: <c>/path?query</c>, or with scheme and host in front.</param>
    /// <param name="decoded">The path as the server decoded it; used as it is where nothing in the target needs care.</param>
    public static CanonicalPath Read(string target, string decoded)
    {
        var text = target.AsSpan();
        if (!text.IsEmpty && text[0] != '/')
        {
            var scheme = text.IndexOf("://");
            if (scheme <= 0) return Refused("the target is not a path");
            var slash = text[(scheme + 3)..].IndexOf('/');
            text = slash < 0 ? "/" : text[(scheme + 3 + slash)..];
        }

        var mark = text.IndexOf('?');
        var query = mark < 0 ? "" : text[(mark + 1)..].ToString();
        var path = mark < 0 ? text : text[..mark];
        if (path.IsEmpty) return Refused("the target is not a path");
        if (path.Length > MaxLength) return Refused($"the path has {path.Length} characters; at most {MaxLength} are taken");
        return IsPlain(path) ? new(decoded.Length == path.Length ? decoded : path.ToString(), query, null, null) : Decode(path, query);
    }

    /// <summary>True where the path is canonical as it stands: unreserved characters, no empty segment, none that begins with two dots or is one.</summary>
    private static bool IsPlain(ReadOnlySpan<char> path)
    {
        if (path[0] != '/' || (path.Length > 1 && path[^1] == '/')) return false;
        var previous = '\0';
        foreach (var c in path)
        {
            if (!(char.IsAsciiLetterOrDigit(c) || c is '/' or '-' or '_' or '.' or '~' or '@' or ':' or '+' or ',')) return false;
            if (previous == '/' && c is '/' or '.') return false;
            previous = c;
        }

        return true;
    }

    private static CanonicalPath Decode(ReadOnlySpan<char> path, string query)
    {
        var bytes = new byte[path.Length];
        var length = 0;
        for (var i = 0; i < path.Length; i++)
        {
            var c = path[i];
            if (c == '%')
            {
                if (i + 2 >= path.Length || !char.IsAsciiHexDigit(path[i + 1]) || !char.IsAsciiHexDigit(path[i + 2])) return Refused("a % without two hexadecimal digits");
                var value = Convert.ToByte(path.Slice(i + 1, 2).ToString(), 16);
                if (value is (byte)'/' or (byte)'\\' or (byte)'.' or (byte)'%') return Refused($"an encoded '{(char)value}'");
                bytes[length++] = value;
                i += 2;
            }
            else if (c is <= ' ' or >= '\x7f' or '\\' or '#')
            {
                return Refused("a character that must be encoded");
            }
            else
            {
                bytes[length++] = (byte)c;
            }
        }

        if (!Utf8.IsValid(bytes.AsSpan(0, length))) return Refused("invalid UTF-8");
        var text = Encoding.UTF8.GetString(bytes, 0, length);
        foreach (var rune in text.EnumerateRunes())
        {
            // Control characters, and those that hide or reorder what a person sees.
            if (Rune.IsControl(rune) || rune.Value is (>= 0x200B and <= 0x200F) or (>= 0x2028 and <= 0x202E) or (>= 0x2060 and <= 0x2069) or 0xFEFF) return Refused("a control or invisible character");
        }

        var segments = text.Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (Array.Exists(segments, s => s is "." or "..")) return Refused("a segment of dots");
        var canonical = "/" + string.Join('/', segments);
        var moved = canonical == text ? null : WithQuery(canonical, query);
        return new(canonical, query, moved, null);
    }

    /// <summary>A canonical path as it stands in a URL.</summary>
    public static string Escape(string path) => Uri.EscapeDataString(path).Replace("%2F", "/", StringComparison.Ordinal);

    /// <summary>The URL of a path with this request's query; without it, where it holds what no header may.</summary>
    public string Url(string path) => WithQuery(path, Query);

    private static string WithQuery(string path, string query) =>
        query.Length > 0 && query.All(c => c is > ' ' and < '\x7f') ? $"{Escape(path)}?{query}" : Escape(path);

    private static CanonicalPath Refused(string complaint) => new("/", "", null, complaint);
}
