using System.Text;
using Platform.Host.Caching;
using Platform.Host.Generations;
using Platform.Host.Pipeline;

namespace Platform.Host.Api;

/// <summary>Says of a URL what is stored of it, what it was made from, and what would drop it.</summary>
public static class PageExplanation
{
    /// <summary>The explanation as text.</summary>
    /// <param name="store">The stored pages of this server.</param>
    /// <param name="site">The state of the site in force.</param>
    /// <param name="url">A path, or an address with its host.</param>
    public static string Of(PageStore store, Generation site, string url)
    {
        var (host, rest) = Split(url);
        var target = CanonicalPath.Read(rest, rest);
        if (target.Complaint is { } complaint) return $"{url}: {complaint}; expected a path such as /news, or an address such as http://example.com/news.\n";
        var domain = host is null ? null : site.Routes.FindDomain(host).Name;
        var text = new StringBuilder();
        foreach (var (key, entry) in store.Entries().OrderBy(one => one.Key, StringComparer.Ordinal))
        {
            var parts = key.Split('\n', 3);
            if (parts.Length < 3 || parts[1] != target.Path || (domain is not null && parts[0] != domain)) continue;
            if (entry is PageVariants variants) Write(text, parts, variants.Parts);
            else if (entry is CachedPage page) Write(text, parts, page, site);
        }

        return text.Length > 0 ? text.ToString() : $"{target.Path}: nothing is stored of it in this server's memory.\n";
    }

    private static (string? Host, string Target) Split(string url)
    {
        var scheme = url.IndexOf("://", StringComparison.Ordinal);
        if (scheme < 0) return (null, url);
        var begin = scheme + 3;
        var slash = url.IndexOf('/', begin);
        var host = (slash < 0 ? url[begin..] : url[begin..slash]).Split(':')[0];
        return (host, slash < 0 ? "/" : url[slash..]);
    }

    private static void Write(StringBuilder text, string[] key, KeyParts parts)
    {
        var depends = new List<string>();
        if (parts.User) depends.Add("who asks");
        if (parts.AllQuery) depends.Add("the whole query");
        depends.AddRange(parts.Query.Select(name => $"?{name}"));
        depends.AddRange(parts.Headers.Select(name => $"the header {name}"));
        depends.AddRange(parts.Cookies.Select(name => $"the cookie {name}"));
        text.Append(Domain(key)).Append(key[1]).Append(" has variants: it depends on ").AppendJoin(", ", depends).Append("\n\n");
    }

    private static void Write(StringBuilder text, string[] key, CachedPage page, Generation site)
    {
        text.Append(page.Key).Append('\n');
        Line("domain", key[0].Length > 0 ? key[0] : "any that routes.json does not name");
        Line("made", $"{page.Made:yyyy-MM-dd HH:mm:ss}Z, {page.Body.Length:N0} bytes");
        Line("life", page.IsFresh ? $"{page.SecondsLeft:N0} s left of {page.Life.TotalSeconds:N0}" : $"over since {-page.SecondsLeft:N0} s; shown while the next is made, or can't be");
        Line("purged by", page.Tags.Length > 0 ? $"platform cache clear --tag {string.Join(" | ", page.Tags)}" : "platform cache clear");
        var broken = PageValidity.Broken(page, site).ToHashSet();
        foreach (var dependency in page.Dependencies.OrderBy(one => one.Kind).ThenBy(one => one.Name, StringComparer.Ordinal))
        {
            Line(dependency.Kind.ToString().ToLowerInvariant(), $"{Say(dependency, site)}{(broken.Contains(dependency) ? "  (has changed: the page is made anew)" : "")}");
        }

        text.Append('\n');

        void Line(string name, string value) => text.Append("  ").Append(name.PadRight(14)).Append(value).Append('\n');
    }

    private static string Domain(string[] key) => key[0].Length > 0 ? $"{key[0]} " : "";

    private static string Say(Dependency dependency, Generation site)
    {
        if (SiteVersions.IsSilence(dependency)) return $"{dependency.Name} had nothing to say; once it or its files change it is asked again";
        if (dependency.Kind != DependencyKind.Template) return $"{dependency.Name}  {dependency.Version}";
        var slash = dependency.Name.IndexOf('/');
        var closure = site.Templates.Theme(dependency.Name[..slash])?.Closure(dependency.Name[(slash + 1)..]);
        return $"{dependency.Name}  {string.Join(", ", closure?.Files ?? [])}";
    }
}
