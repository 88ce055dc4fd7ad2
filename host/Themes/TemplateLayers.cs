using Platform.Host.Themes.Files;

namespace Platform.Host.Themes;

/// <summary>Which file a name means in a theme: the order of the layers, in one place.</summary>
internal sealed class TemplateLayers(TemplateFolder site, IReadOnlyList<(string Plugin, Dictionary<string, DiskFile> Files)> plugins)
{
    private static readonly string[] Extensions = [".html", ".xml"];

    public IEnumerable<string> Themes => site.Themes;

    /// <summary>Where a page of this name may lie, first wins. The second value is null where there is no such file.</summary>
    public IEnumerable<(string Shown, string? File)> PageCandidates(string theme, string name)
    {
        yield return In(site.Files, $"public/{name}/index");
        yield return In(site.Files, $"themes/{theme}/{name}");
        yield return In(site.Files, name);
        foreach (var (plugin, files) in plugins)
        {
            var (shown, file) = In(files, name);
            yield return ($"plugin {plugin}: {shown}", file);
        }
    }

    /// <summary>Every name that may be written in a route or by a plugin, with its file.</summary>
    public Dictionary<string, string> Pages(string theme)
    {
        var pages = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, file) in Below(site.Files, "public/")) pages["public/" + name] = file;
        var names = Below(site.Files, $"themes/{theme}/").Concat(Root()).Concat(plugins.SelectMany(layer => Below(layer.Files, ""))).Select(page => page.Name)
            .Concat(Below(site.Files, "public/").Where(page => page.Name.EndsWith("/index", StringComparison.Ordinal)).Select(page => page.Name[..^"/index".Length]));
        foreach (var name in names)
        {
            if (!pages.ContainsKey(name)) pages[name] = PageCandidates(theme, name).First(candidate => candidate.File is not null).File!;
        }

        return pages;
    }

    /// <summary>Every partial of a theme, with its file.</summary>
    public Dictionary<string, string> Partials(string theme)
    {
        var partials = new Dictionary<string, string>(StringComparer.Ordinal);
        var own = Below(site.Files, $"themes/{theme}/");
        Add(own.Concat(Root()).Concat(plugins.SelectMany(layer => Below(layer.Files, ""))).Where(page => IsPartial(page.Name)));
        Add(own.Where(page => IsWidget(page.Name)));
        Add(Below(site.Files, "public/").Where(page => IsWidget(page.Name)));
        Add(plugins.SelectMany(layer => Below(layer.Files, "")).Where(page => IsWidget(page.Name)));
        return partials;

        void Add(IEnumerable<(string Name, string File)> found)
        {
            foreach (var (name, file) in found) partials.TryAdd(name, file);
        }
    }

    private static bool IsPartial(string name) => name[(name.LastIndexOf('/') + 1)..].StartsWith("__", StringComparison.Ordinal);

    private static bool IsWidget(string name) => name.StartsWith("widgets/", StringComparison.Ordinal);

    private IEnumerable<(string Name, string File)> Root() => Below(site.Files, "")
        .Where(page => !page.Name.StartsWith("public/", StringComparison.Ordinal) && !page.Name.StartsWith("themes/", StringComparison.Ordinal));

    private static (string Shown, string? File) In(Dictionary<string, DiskFile> files, string name)
    {
        foreach (var extension in Extensions)
        {
            if (files.TryGetValue(name + extension, out var file)) return (name + extension, file.File);
        }

        return (name + Extensions[0], null);
    }

    private static List<(string Name, string File)> Below(Dictionary<string, DiskFile> files, string prefix)
    {
        var found = new List<(string Name, string File)>();
        foreach (var (path, file) in files)
        {
            if (!path.StartsWith(prefix, StringComparison.Ordinal)) continue;
            var isFirst = path.EndsWith(Extensions[0], StringComparison.Ordinal);
            var name = path[prefix.Length..^(isFirst ? Extensions[0] : Extensions[1]).Length];
            if (name.Length > 0 && (isFirst || !files.ContainsKey(prefix + name + Extensions[0]))) found.Add((name, file.File));
        }

        return found;
    }
}
