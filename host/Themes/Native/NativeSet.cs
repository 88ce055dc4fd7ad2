using System.Collections.Concurrent;
using Platform.Templating;

namespace Platform.Host.Themes.Native;

/// <summary>A theme's templates. A file was read once for all themes; here it is resolved against this one's partials and helpers, at its first use.</summary>
internal sealed class NativeSet : ITemplateSet
{
    private readonly ConcurrentDictionary<string, Lazy<NativeTemplate>> pages = new(StringComparer.Ordinal);
    private readonly TemplateEnvironment environment;
    private readonly ThemeSources sources;

    public NativeSet(ThemeSources sources)
    {
        this.sources = sources;
        // A file that could not be read is no empty partial.
        var partials = sources.Partials.Where(partial => partial.Value.IsReadable).ToDictionary(partial => partial.Key, partial => partial.Value, StringComparer.Ordinal);
        environment = new(new SyntaxMap(partials), [.. HostHelpers.For(sources.Theme, sources.Ports), .. sources.Helpers]);
    }

    public ITemplate Get(string name)
    {
        if (!sources.Pages.TryGetValue(name, out var source)) throw sources.Unknown(name);
        if (!source.IsReadable) throw source.Error(source.Problem!);
        try
        {
            return pages.GetOrAdd(name, static (_, of) => new(() => new(of.Environment.Compile(of.Source.Syntax))), (Environment: environment, Source: source)).Value;
        }
        catch (Templating.TemplateException error)
        {
            throw NativeErrors.Explain(error);
        }
    }
}
