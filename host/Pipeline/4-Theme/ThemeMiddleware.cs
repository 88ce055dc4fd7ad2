namespace Platform.Host.Pipeline;

/// <summary>Step 4: the theme of the domain. A theme that has no folder is one without templates of its own.</summary>
public sealed class ThemeMiddleware(PageDelegate next)
{
    /// <summary>Sets the theme.</summary>
    public Task InvokeAsync(PageContext page)
    {
        page.Theme = page.Generation.Templates.Theme(page.Domain.Theme);
        return next(page);
    }
}
