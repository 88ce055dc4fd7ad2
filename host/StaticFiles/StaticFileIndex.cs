using System.Buffers.Text;
using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.StaticFiles;
using Platform.Host.Configuration;

namespace Platform.Host.StaticFiles;

/// <summary>All files visitors may fetch, by URL path; built at load, immutable. No file name is ever made from a request.</summary>
public sealed class StaticFileIndex
{
    private const int KeptInMemory = 256 * 1024;
    private const long AllKeptInMemory = 32L * 1024 * 1024;

    private static readonly FileExtensionContentTypeProvider ContentTypes = new();

    private readonly FrozenDictionary<string, StaticFile> files;

    private StaticFileIndex(IEnumerable<StaticFile> files)
    {
        this.files = files.ToFrozenDictionary(f => f.UrlPath, StringComparer.Ordinal);
        var text = new StringBuilder();
        foreach (var file in this.files.Values.OrderBy(f => f.UrlPath, StringComparer.Ordinal)) text.Append(file.UrlPath).Append(' ').Append(file.Fingerprint).Append('\n');
        Stamp = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())).AsSpan(0, 8));
    }

    /// <summary>No files.</summary>
    public static StaticFileIndex Empty { get; } = new([]);

    /// <summary>Changes with the content of any file.</summary>
    public string Stamp { get; }

    /// <summary>The file of a canonical URL path.</summary>
    public StaticFile? Find(string path) => files.GetValueOrDefault(path);

    /// <summary>The URL of an asset as a template names it: the theme's own first, then the common resources. One that is not there gets a plain URL.</summary>
    public string AssetUrl(string theme, string path)
    {
        var name = path.TrimStart('/');
        return Find($"/themes/{theme}/{name}")?.VersionedUrl ?? Find($"/resources/{name}")?.VersionedUrl ?? CanonicalPath.Escape($"/resources/{name}");
    }

    /// <summary>Indexes a site; a file that is as it was is not read again.</summary>
    /// <param name="site">The site.</param>
    /// <param name="plugins">The plugins' folders of static files, by plugin name.</param>
    /// <param name="previous">The index in force.</param>
    /// <param name="problems">Where problems go.</param>
    /// <returns>The index; <paramref name="previous"/> where all files are as they were.</returns>
    public static StaticFileIndex Build(SiteFolder site, IEnumerable<(string Plugin, string Folder)> plugins, StaticFileIndex previous, ICollection<Problem> problems)
    {
        var found = new List<StaticFile>();
        long kept = 0;
        foreach (var (folder, url) in Folders(site, plugins, problems))
        {
            foreach (var (path, name) in ContainedFiles.Below(folder, site.Relative(folder), problems)) Add(path, url + name);
        }

        foreach (var name in new[] { "favicon.ico", "robots.txt" })
        {
            if (Path.Combine(site.WwwRoot, name) is var path && new FileInfo(path) is { Exists: true, LinkTarget: null }) Add(path, "/" + name);
        }

        return found.Count == previous.files.Count && found.TrueForAll(file => ReferenceEquals(file, previous.Find(file.UrlPath))) ? previous : new(found);

        void Add(string path, string url)
        {
            try
            {
                var file = Read(path, url, previous.Find(url), kept);
                kept += file.Content?.Length ?? 0;
                found.Add(file);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                problems.Add(new(site.Relative(path), 0, 0, $"can't be read: {exception.Message}; expected a readable file. It is not served."));
            }
        }
    }

    private static IEnumerable<(string Folder, string Url)> Folders(SiteFolder site, IEnumerable<(string Plugin, string Folder)> plugins, ICollection<Problem> problems)
    {
        var resources = Path.Combine(site.WwwRoot, "resources");
        if (Directory.Exists(resources)) yield return (resources, "/resources/");
        var themes = Path.Combine(site.Templates, "themes");
        foreach (var theme in Themes(themes, site, problems))
        {
            var assets = Path.Combine(theme, "assets");
            if (Directory.Exists(assets)) yield return (assets, $"/themes/{Path.GetFileName(theme)}/");
        }

        foreach (var (plugin, folder) in plugins) yield return (folder, $"/plugins/{plugin}/");
    }

    private static string[] Themes(string folder, SiteFolder site, ICollection<Problem> problems)
    {
        try
        {
            return Directory.Exists(folder) ? [.. Directory.GetDirectories(folder).Order(StringComparer.Ordinal)] : [];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            problems.Add(new(site.Relative(folder), 0, 0, $"can't be listed: {exception.Message}; expected a readable folder. No theme's assets are served."));
            return [];
        }
    }

    private static StaticFile Read(string path, string url, StaticFile? known, long kept)
    {
        var info = new FileInfo(path);
        if (known is not null && known.FilePath == path && known.Length == info.Length && known.Modified == info.LastWriteTimeUtc) return known;
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        byte[]? content = null;
        if (info.Length <= KeptInMemory && kept + info.Length <= AllKeptInMemory)
        {
            content = File.ReadAllBytes(path);
            SHA256.HashData(content, hash);
        }
        else
        {
            using var stream = File.OpenRead(path);
            SHA256.HashData(stream, hash);
        }

        if (!ContentTypes.TryGetContentType(path, out var type)) type = "application/octet-stream";
        if (type.StartsWith("text/", StringComparison.Ordinal) || type is "application/javascript" or "application/json" or "image/svg+xml") type += "; charset=utf-8";
        return new(url, path, type, content?.Length ?? info.Length, info.LastWriteTimeUtc, Base64Url.EncodeToString(hash[..9]), content);
    }
}
