using Microsoft.Extensions.Primitives;

namespace Platform.Host.Pipeline;

/// <summary>What a visitor says of the forms of one content: which codings they take, and which of them they have.</summary>
internal static class ContentForms
{
    /// <summary>The codings of an Accept-Encoding that the server has.</summary>
    public static (bool Brotli, bool Gzip) Accepted(StringValues accepted)
    {
        if (accepted.Count == 0) return default;
        var text = accepted.Count == 1 ? accepted[0] : accepted.ToString();
        return (Accepts(text, "br"), Accepts(text, "gzip"));
    }

    /// <summary>True where the coding is named, and not with a weight of zero.</summary>
    private static bool Accepts(ReadOnlySpan<char> accepted, ReadOnlySpan<char> coding)
    {
        foreach (var range in accepted.Split(','))
        {
            var item = accepted[range].Trim();
            if (!item.StartsWith(coding, StringComparison.OrdinalIgnoreCase)) continue;
            var rest = item[coding.Length..].Trim();
            if (rest.IsEmpty) return true;
            if (rest[0] != ';') continue;
            var weight = rest[1..].Trim();
            return !weight.StartsWith("q=", StringComparison.OrdinalIgnoreCase) || weight[2..].Trim().ContainsAnyInRange('1', '9');
        }

        return false;
    }

    /// <summary>True where the visitor has it already, in any form (If-None-Match).</summary>
    public static bool IsKnown(StringValues conditions, string fingerprint)
    {
        foreach (var line in conditions)
        {
            if (line is null) continue;
            if (line == "*") return true;
            var rest = line.AsSpan();
            for (int at; (at = rest.IndexOf(fingerprint)) >= 0; rest = rest[(at + fingerprint.Length)..])
            {
                var end = at + fingerprint.Length;
                if (at > 0 && rest[at - 1] == '"' && end < rest.Length && (rest[end] == '"' || rest[end..].StartsWith("-br\"") || rest[end..].StartsWith("-gzip\""))) return true;
            }
        }

        return false;
    }
}
