using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Diagnostics;
using Platform.Host.Themes.HandlebarsNet.Checking;

namespace Platform.Host.Themes.HandlebarsNet;

/// <summary>A theme's templates; compiled at first use, each once, unchanged ones taken over from the set before.</summary>
internal sealed class HandlebarsNetSet : ITemplateSet
{
    private readonly ConcurrentDictionary<TemplateSource, Lazy<HandlebarsNetTemplate>> compiled = new();
    private readonly ConcurrentDictionary<string, ITemplate> pages = new(StringComparer.Ordinal);
    private readonly FrozenDictionary<string, string> inlines;
    private readonly LibraryEnvironment environment;

    public HandlebarsNetSet(ThemeSources sources, HandlebarsNetSet? previous)
    {
        Sources = sources;
        var all = sources.Pages.Values.Concat(sources.Partials.Values).ToHashSet();
        inlines = all.SelectMany(s => TemplateReport.Of(s).Inlines).Distinct().ToFrozenDictionary(name => name, name => "inline " + name);
        environment = previous?.environment is { IsWorn: false } kept && previous.Sources.Ports == sources.Ports && previous.Sources.Helpers.SequenceEqual(sources.Helpers) ? kept : new(sources);
        if (environment != previous?.environment) return;
        foreach (var (source, template) in previous.compiled)
        {
            if (all.Contains(source)) compiled[source] = template;
        }
    }

    public ThemeSources Sources { get; }

    public ITemplate Get(string name) =>
        pages.TryGetValue(name, out var page) ? page
        : Sources.Pages.TryGetValue(name, out var source) ? pages.GetOrAdd(name, Compiled(source).For(this))
        : throw Sources.Unknown(name);

    public HandlebarsNetTemplate? Partial(string name) => Sources.Partials.TryGetValue(name, out var source) ? Compiled(source) : null;

    /// <summary>The key under which an inline partial of this name is kept; null where no template defines one.</summary>
    public string? InlineKey(string name) => inlines.GetValueOrDefault(name);

    private HandlebarsNetTemplate Compiled(TemplateSource source)
    {
        var template = compiled.GetOrAdd(source, static (s, set) => new(() => new(set.environment, s)), this);
        if (template.IsValueCreated) return template.Value;
        var started = Stopwatch.GetTimestamp();
        var value = template.Value;
        RenderRun.Pardon(Stopwatch.GetTimestamp() - started);
        return value;
    }
}
