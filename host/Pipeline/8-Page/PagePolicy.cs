using Platform.Host.Themes;

namespace Platform.Host.Pipeline;

/// <summary>The Content-Security-Policy of a page: that of the server and beside it that of the theme. A browser keeps to both.</summary>
public static class PagePolicy
{
    /// <summary>The header's name.</summary>
    public const string Header = "Content-Security-Policy";

    /// <summary>Notes for a rendering, with a nonce where the theme's policy has a place for one.</summary>
    public static RenderNotes NotesFor(Theme theme) => new() { Nonce = theme.Settings.ContentSecurityPolicy is { HasNonce: true } ? new() : null };

    /// <summary>The header of a page; null where the server's own, which every response bears, is all there is.</summary>
    /// <param name="page">The request.</param>
    /// <param name="theme">The theme that made it.</param>
    /// <param name="contentType">Only HTML has scripts.</param>
    /// <param name="nonce">The nonce that the page has read, if it has.</param>
    public static string? Of(PageContext page, Theme? theme, string contentType, string? nonce) =>
        theme?.Settings.ContentSecurityPolicy is { } policy && contentType.StartsWith("text/html", StringComparison.OrdinalIgnoreCase) ? Join(page, policy.For(nonce)) : null;

    /// <summary>A policy beside the server's.</summary>
    public static string Join(PageContext page, string policy) =>
        page.Generation.Options.Server.ContentSecurityPolicy is { Length: > 0 } own ? $"{own}, {policy}" : policy;
}
