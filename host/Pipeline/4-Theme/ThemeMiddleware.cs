namespace Platform.Host.Pipeline;

/// <summary>Step 4: the theme of the domain. One that has no folder is stood in for by the default theme.</summary>
public sealed class ThemeMiddleware(PageDelegate next)
{
    /// <summary>Sets the theme.</summary>
    public Task InvokeAsync(PageContext page)
    {
        var site = page.Generation;
        page.Theme = site.Templates.Theme(page.Domain.Theme) ?? site.Templates.Theme(site.Routes.Other.Theme);
        return next(page);
    }
}
