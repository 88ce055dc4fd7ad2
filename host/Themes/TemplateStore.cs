using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;
using Platform.Host.Configuration;
using Platform.Host.Themes.Files;
using Platform.Host.Themes.Settings;
using Platform.Templating.Analysis;

namespace Platform.Host.Themes;

/// <summary>All themes of a site as they are in force; immutable, swapped whole. A request is looked up in it and never becomes a file name.</summary>
public sealed class TemplateStore
{
    private readonly FrozenDictionary<string, Theme> themes;
    private readonly IReadOnlyDictionary<string, KeptSource> sources;
    private readonly TemplateSetup setup;
    private readonly string content;
    private readonly Lazy<IReadOnlyList<Problem>> errors;
    private readonly Lazy<IReadOnlyList<Problem>> warnings;
    private readonly Lazy<IReadOnlyList<Problem>> notes;

    private TemplateStore(TemplateSetup setup, string content, IReadOnlyDictionary<string, KeptSource> sources, ThemeCheck check, IEnumerable<Theme> themes)
    {
        this.setup = setup;
        this.content = content;
        this.sources = sources;
        errors = new(() => WithExcerpts(check.Errors));
        warnings = new(() => Remarks(check, Severity.Warning));
        notes = new(() => Remarks(check, Severity.Note));
        this.themes = themes.ToFrozenDictionary(theme => theme.Name, StringComparer.Ordinal);
        ThemeNames = [.. this.themes.Keys.Order(StringComparer.Ordinal)];
        Stamp = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', ThemeNames.Select(name => $"{name} {this.themes[name].Stamp}")))));
    }

    /// <summary>A hash over all that can change a rendered page; the same files give the same stamp on every machine.</summary>
    public string Stamp { get; }

    /// <summary>The themes' names, in ordinal order.</summary>
    public IReadOnlyList<string> ThemeNames { get; }

    /// <summary>What one rendering may cost.</summary>
    public RenderLimits Limits => setup.Limits;

    /// <summary>The text in force of a template file, from the site root; null where there is no such file.</summary>
    public string? TextOf(string file) => sources.GetValueOrDefault(file)?.InForce.Text;

    /// <summary>Why templates can't be rendered; of a file that was good before, that one is in force. Made when first asked for, which takes a while.</summary>
    public IReadOnlyList<Problem> Errors => errors.Value;

    /// <summary>True where <see cref="Errors"/> is known.</summary>
    public bool IsChecked => errors.IsValueCreated;

    /// <summary>What works and should be looked at: places that escaping does not protect, names that nothing answers to. Made when first asked for, which takes a while.</summary>
    public IReadOnlyList<Problem> Warnings => warnings.Value;

    /// <summary>What is worth knowing: where HTML is printed as it is. Made when first asked for.</summary>
    public IReadOnlyList<Problem> Notes => notes.Value;

    /// <summary>Null for a theme that does not exist.</summary>
    public Theme? Theme(string name) => themes.GetValueOrDefault(name);

    /// <summary>
    /// Reads all templates. Where there is a store before this one they are checked too: a changed file that fails keeps the source
    /// before it in force; a theme in which nothing changed stays the same object, with all that it has compiled, and where nothing
    /// changed at all the store before does. A first store has nothing to fall back on, and is checked when somebody asks for its <see cref="Errors"/>.
    /// </summary>
    public static TemplateBuild Build(TemplateSetup setup, TemplateStore? previous)
    {
        var problems = new List<Problem>();
        var site = TemplateFolder.Read(setup.SiteRoot, Path.Combine(setup.SiteRoot, TemplateSetup.Folder), problems);
        var plugins = setup.Plugins.Select(layer => (layer.Plugin, TemplateFolder.Read(setup.SiteRoot, layer.Folder, problems).Files)).ToList();
        var settings = site.Themes.ToDictionary(name => name, name => Settings(name, site, previous, problems), StringComparer.Ordinal);
        var content = Content(site, plugins, settings);
        var store = previous is not null && previous.content == content && previous.setup == setup ? previous : Build(setup, content, (site, plugins), settings, previous);
        if (previous is not null) _ = store.Errors;
        return new(store, store.WithExcerpts(problems));
    }

    private static TemplateStore Build(
        TemplateSetup setup, string content, (TemplateFolder Site, IReadOnlyList<(string Plugin, Dictionary<string, DiskFile> Files)> Plugins) folders, Dictionary<string, ThemeSettings> settings, TemplateStore? previous)
    {
        var isSame = previous is not null && previous.setup.CompilesLike(setup);
        var kept = new Dictionary<string, KeptSource>(StringComparer.Ordinal);
        foreach (var file in folders.Site.Files.Values.Concat(folders.Plugins.SelectMany(layer => layer.Files.Values)))
        {
            kept[file.File] = KeptSource.Take(file, previous?.sources.GetValueOrDefault(file.File), isSame, disk => new(disk, setup.Engine, setup.Helpers));
        }

        var layers = new TemplateLayers(folders.Site, folders.Plugins);
        var check = new ThemeCheck(layers, kept, setup);
        if (previous is not null)
        {
            foreach (var file in check.Refused) kept[file] = kept[file] with { IsRefused = true };
        }

        var themes = folders.Site.Themes.Select(name =>
        {
            var theme = new Theme(name, layers, file => kept[file].InForce, settings[name], setup, previous?.Theme(name));
            return previous?.Theme(name) is { } before && before.Stamp == theme.Stamp && isSame && previous.setup.Ports == setup.Ports ? before : theme;
        });
        return new TemplateStore(setup, content, kept, check, themes.ToList());
    }

    private static ThemeSettings Settings(string theme, TemplateFolder site, TemplateStore? previous, List<Problem> problems) =>
        site.ThemeFiles.TryGetValue(theme, out var path)
            ? ThemeSettings.Read(path, $"{TemplateSetup.Folder}/themes/{theme}/{ThemeSettings.File}", problems) ?? previous?.Theme(theme)?.Settings ?? ThemeSettings.None
            : ThemeSettings.None;

    /// <summary>All that a store is made of beside its setup, in one text.</summary>
    private static string Content(TemplateFolder site, IEnumerable<(string Plugin, Dictionary<string, DiskFile> Files)> plugins, Dictionary<string, ThemeSettings> settings)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (theme, its) in settings) hash.AppendData(Encoding.UTF8.GetBytes($"{theme}\0{its.ContentSecurityPolicy}\n"));
        foreach (var (plugin, files) in plugins.Prepend(("", site.Files)))
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"\n{plugin}\n"));
            foreach (var (path, file) in files) hash.AppendData(Encoding.UTF8.GetBytes($"{path}\0{file.File}\0{file.Hash}\n"));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private IReadOnlyList<Problem> Remarks(ThemeCheck check, Severity severity) => WithExcerpts(check.Remarks(severity));

    private IReadOnlyList<Problem> WithExcerpts(IEnumerable<Problem> problems) =>
        [.. problems.Select(problem => problem.Line > 0 && problem.Excerpt.Length == 0 && sources.TryGetValue(problem.File, out var file) ? problem with { Excerpt = TextPlace.Excerpt(file.Newest.Text, problem.Line, problem.Column) } : problem)];
}

/// <summary>A store, and what was found wrong with its files; what is wrong in them, the store knows.</summary>
/// <param name="Store">Usable whatever the problems say.</param>
/// <param name="Problems">Folders and links that can't be read, settings of themes.</param>
public sealed record TemplateBuild(TemplateStore Store, IReadOnlyList<Problem> Problems);
