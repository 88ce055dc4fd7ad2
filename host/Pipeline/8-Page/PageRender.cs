using Platform.Host.Configuration;
using Platform.Host.Plugins;
using Platform.Host.Themes;
using Platform.Sdk;

namespace Platform.Host.Pipeline;

/// <summary>Renders a template into a page's buffer: here, or where helpers of plugins are called on a thread that can be let go.</summary>
internal static class PageRender
{
    /// <summary>Renders it; with <see cref="PageContext.Notes"/>, which are begun anew.</summary>
    /// <exception cref="TemplateException">It can't be rendered, or a helper has not come back.</exception>
    internal static ValueTask RunAsync(PageContext page, Theme theme, string name, DataMap model, PooledBuffer buffer)
    {
        var (template, limits) = (theme.Template(name), page.Generation.Templates.Limits);
        var notes = page.Notes = PagePolicy.NotesFor(theme);
        if (page.Generation.Plugins.Helpers.Count > 0 && theme.Closure(name) is not { Helpers.Count: 0 }) return InTurnAsync();
        template.Render(model, buffer, limits, notes);
        return default;

        async ValueTask InTurnAsync()
        {
            try
            {
                await HelperTurn.RunAsync(() => template.Render(model, buffer, limits, notes), buffer.Abandon);
            }
            catch (HungHelperException hung)
            {
                throw new TemplateException(new Problem(template.File, 0, 0, hung.Message));
            }
        }
    }
}
