using Platform.Host.Routing;

namespace Platform.Host.Pipeline;

/// <summary>What a page is made of, as step 5 found it.</summary>
/// <param name="Kind">How it was found.</param>
/// <param name="Handler">What the plugins' <c>data_for</c> is asked for.</param>
/// <param name="Template">The template's name; null where only a plugin can name one.</param>
/// <param name="Route">The configured route; null where there is none.</param>
/// <param name="Values">What the route's pattern captured.</param>
public sealed record PageSource(SourceKind Kind, string Handler, string? Template, Route? Route, RouteValues Values);

/// <summary>How a page was found.</summary>
public enum SourceKind
{
    /// <summary>In routes.json.</summary>
    Configured,

    /// <summary>A template whose name is the path.</summary>
    Smart,

    /// <summary>Not at all; a plugin may still answer.</summary>
    NotFound,

    /// <summary>Not at all, and a moment ago no plugin answered either.</summary>
    Unknown,
}
