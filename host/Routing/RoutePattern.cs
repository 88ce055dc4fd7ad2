using System.Diagnostics.CodeAnalysis;
using Platform.Host.Configuration;

namespace Platform.Host.Routing;

/// <summary>What a segment of a pattern matches; the smaller one wins.</summary>
public enum SegmentKind
{
    /// <summary>Exactly this text.</summary>
    Literal,

    /// <summary><c>{name}</c>: any one segment.</summary>
    Parameter,

    /// <summary><c>{*name}</c>: all that is left, also nothing.</summary>
    Rest,
}

/// <summary>One segment: its kind and its text or name.</summary>
public readonly record struct PatternSegment(SegmentKind Kind, string Text);

/// <summary>A route's path, taken apart.</summary>
public sealed record RoutePattern
{
    /// <summary>More segments than any path that means something.</summary>
    public const int MaxSegments = 32;

    private RoutePattern(string text, IReadOnlyList<PatternSegment> segments)
    {
        (Text, Segments) = (text, segments);
        Parameters = [.. segments.Where(segment => segment.Kind != SegmentKind.Literal).Select(segment => segment.Text)];
        Shape = string.Concat(segments.Select(segment => segment.Kind switch
        {
            SegmentKind.Literal => "/" + segment.Text,
            SegmentKind.Parameter => "/{}",
            _ => "/{*}",
        }));
    }

    /// <summary>The pattern as written.</summary>
    public string Text { get; }

    /// <summary>Its segments; none for <c>/</c>.</summary>
    public IReadOnlyList<PatternSegment> Segments { get; }

    /// <summary>The names it captures, in order.</summary>
    public IReadOnlyList<string> Parameters { get; }

    /// <summary>The pattern without the names: two patterns of one shape match the same paths.</summary>
    public string Shape { get; }

    /// <summary>True where it matches exactly one path.</summary>
    public bool IsLiteral => Parameters.Count == 0;

    /// <summary>Takes a pattern apart; false with the complaint <c>found; expected. remedy</c>.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out RoutePattern? pattern, [NotNullWhen(false)] out string? complaint)
    {
        pattern = null;
        complaint = text == "/" ? null : Complaint(text);
        if (complaint is not null)
        {
            complaint = $"{Quoted.Text(text)}; {complaint}.";
            return false;
        }

        pattern = new(text, text == "/" ? [] : [.. text[1..].Split('/').Select(Segment)]);
        return true;
    }

    private static PatternSegment Segment(string part) => part switch
    {
        ['{', '*', .., '}'] => new(SegmentKind.Rest, part[2..^1]),
        ['{', .., '}'] => new(SegmentKind.Parameter, part[1..^1]),
        _ => new(SegmentKind.Literal, part),
    };

    // A path is compared as the server has made it: decoded once, without a slash at its end. What it can never be is a mistake.
    private static string? Complaint(string text)
    {
        if (!text.StartsWith('/')) return "expected a path that begins with a slash";
        if (text.EndsWith('/')) return "expected no slash at the end. Paths with one are redirected to those without";
        if (text.IndexOfAny(['?', '#']) >= 0) return "expected a path without ? and #. A query reaches the page anyway";
        if (text.Contains('%', StringComparison.Ordinal)) return "expected a decoded path. Write the character itself instead of %";
        if (text.Contains('\\', StringComparison.Ordinal) || text.Any(char.IsControl)) return "expected a path without backslashes and control characters";

        var parts = text[1..].Split('/');
        if (parts.Length > MaxSegments) return $"expected at most {MaxSegments} segments";
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < parts.Length; i++)
        {
            if (Complaint(parts[i], isLast: i == parts.Length - 1, names) is { } complaint) return complaint;
        }

        return null;
    }

    private static string? Complaint(string part, bool isLast, HashSet<string> names)
    {
        if (part.Length == 0) return "expected no empty segment. Write one slash";
        if (part is "." or "..") return "expected no . or .. as a segment";
        if (part.IndexOfAny(['{', '}', '*']) < 0) return null;
        var segment = Segment(part);
        if (segment.Kind == SegmentKind.Literal || !IsName(segment.Text)) return "expected {name} or {*name} as a whole segment, the name of letters, digits and _";
        if (segment.Kind == SegmentKind.Rest && !isLast) return $"expected {part} as the last segment only";
        return names.Add(segment.Text) ? null : $"expected each name once, not {segment.Text} twice";
    }

    private static bool IsName(string name) => name.Length is > 0 and <= 64 && !char.IsAsciiDigit(name[0]) && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');
}
