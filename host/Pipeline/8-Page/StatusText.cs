using Microsoft.AspNetCore.WebUtilities;

namespace Platform.Host.Pipeline;

/// <summary>What a status means, in words for people.</summary>
public static class StatusText
{
    /// <summary>The words.</summary>
    public static string Of(int status) => status switch
    {
        404 => "Page not found",
        403 => "No access",
        500 => "Something went wrong here",
        503 => "Too busy right now",
        _ when ReasonPhrases.GetReasonPhrase(status) is { Length: > 0 } phrase => phrase,
        _ => "Error",
    };
}
