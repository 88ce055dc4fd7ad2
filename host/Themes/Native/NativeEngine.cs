using Platform.Host.Configuration;
using Platform.Templating;

namespace Platform.Host.Themes.Native;

/// <summary>The platform's own engine behind the seam: Platform.Templating.</summary>
public sealed class NativeEngine : ITemplateEngine
{
    /// <inheritdoc/>
    public IReadOnlyList<Problem> Check(TemplateSource source, IReadOnlyList<Helper> helpers) => source.Syntax.Error is { } error ? [NativeErrors.Problem(error)] : [];

    /// <inheritdoc/>
    public ITemplateSet Open(ThemeSources sources, ITemplateSet? previous) => new NativeSet(sources);
}
