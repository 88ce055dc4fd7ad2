using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Platform.Templating.Analysis;

namespace Platform.Host.Themes;

/// <summary>A template with all that it can call: what a page depends on that it is rendered with.</summary>
/// <param name="Version">A hash over the names, files and contents of all of them, and the theme's settings.</param>
/// <param name="Files">The files, from the site root, the template's own first.</param>
/// <param name="Helpers">The names that may be calls of helpers.</param>
public sealed record TemplateClosure(string Version, IReadOnlyList<string> Files, IReadOnlySet<string> Helpers);

/// <summary>The closures of a theme's templates, each made when it is first asked for.</summary>
internal sealed class TemplateClosures(string theme, string settings, IReadOnlyDictionary<string, TemplateSource> pages, IReadOnlyDictionary<string, TemplateSource> partials)
{
    private readonly ConcurrentDictionary<string, TemplateClosure> closures = new(StringComparer.Ordinal);
    private readonly Lazy<ThemeAnalysis> analysis = new(() => new(new(theme, Syntaxes(pages), Syntaxes(partials))));

    /// <summary>The closure of a template; null where there is no such template.</summary>
    internal TemplateClosure? Of(string name) => pages.ContainsKey(name) ? closures.GetOrAdd(name, Make) : null;

    private static Dictionary<string, Templating.TemplateSyntax> Syntaxes(IReadOnlyDictionary<string, TemplateSource> sources) =>
        sources.ToDictionary(source => source.Key, source => source.Value.Syntax, StringComparer.Ordinal);

    private TemplateClosure Make(string name)
    {
        var reads = analysis.Value.Dependencies(name);
        var called = reads.Partials.Order(StringComparer.Ordinal).Select(partial => (Name: partial, Source: partials.GetValueOrDefault(partial))).ToList();
        var text = new StringBuilder(settings).Append('\n').Append(pages[name].File).Append(' ').Append(pages[name].Hash);
        foreach (var (partial, source) in called) text.Append('\n').Append(partial).Append('\0').Append(source?.File).Append(' ').Append(source?.Hash);
        var version = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())).AsSpan(0, 8));
        return new(version, [pages[name].File, .. called.Select(one => one.Source?.File).OfType<string>().Distinct()], reads.Helpers);
    }
}
