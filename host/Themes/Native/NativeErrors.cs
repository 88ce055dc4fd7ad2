using Platform.Host.Configuration;
using Platform.Templating;

namespace Platform.Host.Themes.Native;

/// <summary>The engine's errors as the host tells them.</summary>
internal static class NativeErrors
{
    public static Problem Problem(Templating.TemplateException error) =>
        new(error.Place.File, error.Place.Line, error.Place.Column, error.Reason + Setting(error.Exceeded)) { Excerpt = error.Excerpt };

    private static string Setting(RenderLimit exceeded) => exceeded switch
    {
        RenderLimit.Time => " The limit is templates.render_timeout_ms.",
        RenderLimit.Output => " The limit is templates.max_output_kb.",
        RenderLimit.Steps => " The limit is templates.max_steps.",
        _ => "",
    };

    public static TemplateException Explain(Templating.TemplateException error) => new(Problem(error), error.Excerpt, error.Trail, error);
}
