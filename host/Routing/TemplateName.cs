using System.Diagnostics.CodeAnalysis;
using Platform.Host.Configuration;

namespace Platform.Host.Routing;

/// <summary>How a route may name its template: <c>news/list</c>, or <c>json</c> for the data themselves.</summary>
public static class TemplateName
{
    /// <summary>Checks a name; false with the complaint <c>found; expected. remedy</c>.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out string? name, [NotNullWhen(false)] out string? complaint)
    {
        var expected = Expected(text);
        name = expected is null ? text : null;
        complaint = expected is null ? null : $"{Quoted.Text(text)}; {expected}.";
        return expected is null;
    }

    private static string? Expected(string text)
    {
        if (text.EndsWith(".html", StringComparison.OrdinalIgnoreCase)) return "expected a template's name without .html";
        var segments = text.Split('/');
        if (text.Length > 256 || segments.Any(segment => segment.Length == 0 || !segment.All(c => char.IsLetterOrDigit(c) || c is '-' or '_' or '.'))) return "expected a template's name such as news/list, of letters, digits, -, _, . and /";
        return segments[0] == "widgets" || segments.Any(segment => segment[0] is '_' or '.') ? "expected a page. What lies in widgets/ or begins with _ or . is part of one" : null;
    }
}
