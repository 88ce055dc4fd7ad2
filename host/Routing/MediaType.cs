using System.Diagnostics.CodeAnalysis;
using Microsoft.Net.Http.Headers;
using Platform.Host.Configuration;

namespace Platform.Host.Routing;

/// <summary>How a route may name its content type.</summary>
public static class MediaType
{
    /// <summary>Checks a content type; false with the complaint <c>found; expected. remedy</c>.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out string? value, [NotNullWhen(false)] out string? complaint)
    {
        var isType = text.All(c => c is >= ' ' and <= '~') && MediaTypeHeaderValue.TryParse(text, out var type) && !type.MatchesAllTypes && !type.MatchesAllSubTypes;
        value = isType ? text : null;
        complaint = isType ? null : $"{Quoted.Text(text)}; expected a content type such as application/atom+xml; charset=utf-8.";
        return isType;
    }
}
