using Platform.Host.Configuration;

namespace Platform.Host.Themes.Native;

/// <summary>The engine's errors as the host tells them.</summary>
internal static class NativeErrors
{
    public static Problem Problem(Templating.TemplateException error) =>
        new(error.Place.File, error.Place.Line, error.Place.Column, error.Reason) { Excerpt = error.Excerpt };

    public static TemplateException Explain(Templating.TemplateException error) => new(Problem(error), error.Excerpt, error.Trail, error);
}
