using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Platform.Templating.Analysis;

namespace Platform.Host.Themes;

/// <summary>A template with all that it can call: what a page depends on that it is rendered with.</summary>
/// <param name="Version">A hash over the names, files and contents of all of them, and the theme's settings.</param>
/// <param name="Files">The files, from the site root, the template's own first.</param>
/// <param name="Helpers">The names that may be calls of helpers.</param>
/// <param name="ReadsRequestId">True where it prints the request's id: such a page is of one request.</param>
public sealed record TemplateClosure(string Version, IReadOnlyList<string> Files, IReadOnlySet<string> Helpers, bool ReadsRequestId);

/// <summary>The closures of a theme's templates, each made when it is first asked for.</summary>
/// <param name="theme">The theme's name.</param>
/// <param name="settings">Its settings, as text.</param>
/// <param name="pages">Its pages.</param>
/// <param name="partials">Its partials.</param>
/// <param name="helpers">The helpers that plugins bring: a name that one of them comes to mean is another text on the page.</param>
internal sealed class TemplateClosures(
    string theme,
    string settings,
    IReadOnlyDictionary<string, TemplateSource> pages,
    IReadOnlyDictionary<string, TemplateSource> partials,
    IReadOnlySet<string> helpers)
{
    private const string RequestId = "request_id";
    private const string Context = "contextData";

    private readonly ConcurrentDictionary<string, TemplateClosure> closures = new(StringComparer.Ordinal);
    private readonly Lazy<ThemeAnalysis> analysis = new(() => new(new(theme, new SyntaxMap(pages), new SyntaxMap(partials))));

    /// <summary>The closure of a template; null where there is no such template.</summary>
    internal TemplateClosure? Of(string name) => pages.ContainsKey(name) ? closures.GetOrAdd(name, Make) : null;

    private TemplateClosure Make(string name)
    {
        var reads = analysis.Value.Dependencies(name);
        var called = reads.Partials.Order(StringComparer.Ordinal).Select(partial => (Name: partial, Source: partials.GetValueOrDefault(partial))).ToList();
        var text = new StringBuilder(settings).Append('\n').Append(pages[name].File).Append(' ').Append(pages[name].Hash);
        foreach (var (partial, source) in called) text.Append('\n').Append(partial).Append('\0').Append(source?.File).Append(' ').Append(source?.Hash);
        foreach (var helper in reads.Helpers.Where(helpers.Contains).Order(StringComparer.Ordinal)) text.Append('\n').Append(helper);
        var version = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())).AsSpan(0, 8));
        var sources = called.Select(one => one.Source).OfType<TemplateSource>().Prepend(pages[name]).ToList();
        var isOfOneRequest = reads.Keys.Contains(RequestId) || (reads.Keys.Contains(Context) && sources.Exists(source => source.Text.Contains(RequestId, StringComparison.Ordinal)));
        return new(version, [.. sources.Select(source => source.File).Distinct()], reads.Helpers, isOfOneRequest);
    }
}
