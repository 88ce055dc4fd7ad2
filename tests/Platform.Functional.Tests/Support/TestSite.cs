using System.Text;

namespace Platform.Functional.Tests;

/// <summary>A throw-away site folder. Every file appears at once and whole, as an editor that saves by renaming makes it.</summary>
public sealed class TestSite : IDisposable
{
    /// <summary>Shows what the test plugins answer; each value in an element of its own id.</summary>
    internal const string Page = """
        <!DOCTYPE html>
        <html lang="en"><head><title>{{path}}</title></head><body>
        <p id="made">{{made}}</p><p id="value">{{value}}</p><p id="hello">{{hello}}</p><p id="shared">{{shared}}</p>
        <p id="swap">{{swap}}</p><p id="sleeps">{{sleeps}}</p><p id="own">{{own_sdk}}</p><p id="bad">{{bad}}{{bad_init}}</p><p id="site">{{site_name}}</p>
        </body></html>
        """;

    internal const string SecretKey = "a key for tests that is long enough to sign with";

    private readonly string folder = Directory.CreateTempSubdirectory("pf-").FullName;
    private readonly SortedDictionary<string, string> sections = new(StringComparer.Ordinal)
    {
        ["auth"] = $"secret_key: \"{SecretKey}\"",
        ["ip_access_control"] = "enabled: false",
        ["logging"] = "file: \"\"\naccess_file: \"\"",
        // Long, so that only plugins that are given less ever meet it, however busy the machine.
        ["plugins"] = "timeout_ms: 10000",
    };

    internal TestSite()
    {
        Root = Path.Combine(folder, "site");
        Directory.CreateDirectory(Root);
        Directory.CreateDirectory(Path.Combine(Root, "plugins"));
    }

    /// <summary>The folder of config.yaml.</summary>
    internal string Root { get; }

    /// <summary>A folder beside the site, not to be reached by visitors.</summary>
    internal string Outside => Directory.CreateDirectory(Path.Combine(folder, "outside")).FullName;

    internal string ConfigFile => PathOf("config.yaml");

    /// <summary>A small site: one theme, a page that shows what the test plugins say, a route for each handler.</summary>
    internal static TestSite Small(params string[] handlers)
    {
        var site = new TestSite();
        site.WriteConfig();
        site.Routes(handlers.Select(handler => $$"""{ "path": "/{{handler}}", "handler": "{{handler}}", "template": "page" }"""));
        site.Theme("page", Page);
        site.Theme("index", Page);
        return site;
    }

    /// <summary>A copy of the site this repository comes with; only port, log file and data folder are the test's own.</summary>
    internal static TestSite Shipped()
    {
        var site = new TestSite();
        foreach (var file in new[] { "config.yaml", "routes.json" }) File.Copy(Path.Combine(Repository.Root, file), site.PathOf(file));
        foreach (var below in new[] { "wwwroot", "plugins/bas-site" }) Copy(Path.Combine(Repository.Root, below), site.PathOf(below));
        return site;
    }

    internal string PathOf(string name) => Path.Combine(Root, name);

    internal string Read(string name) => File.ReadAllText(PathOf(name));

    internal TestSite Write(string name, string text) => Write(name, Encoding.UTF8.GetBytes(text));

    internal TestSite Write(string name, byte[] bytes)
    {
        var beside = Path.Combine(folder, Guid.NewGuid().ToString("N"));
        File.WriteAllBytes(beside, bytes);
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(name))!);
        File.Move(beside, PathOf(name), overwrite: true);
        return this;
    }

    internal void Delete(string name)
    {
        if (Directory.Exists(PathOf(name))) Directory.Delete(PathOf(name), recursive: true);
        else File.Delete(PathOf(name));
    }

    /// <summary>Writes a template of the theme <c>default</c>.</summary>
    internal TestSite Theme(string template, string text) => Write($"wwwroot/templates/themes/default/{template}.html", text);

    /// <summary>Replaces the routes of every host.</summary>
    internal TestSite Routes(IEnumerable<string> routes) => Write("routes.json", $$"""
        {
          "default_theme": "default",
          "domains": [ { "domain": "127.0.0.1", "routes": [
            {{string.Join(",\n    ", routes)}}
          ] } ]
        }
        """);

    /// <summary>Replaces a section of config.yaml; null leaves it out.</summary>
    internal TestSite Configure(string section, string? lines)
    {
        if (lines is null) sections.Remove(section);
        else sections[section] = lines;
        return WriteConfig();
    }

    /// <summary>Puts a test plugin into plugins/ as a bare assembly.</summary>
    internal TestSite Plugin(string name) => Write($"plugins/{name}.dll", File.ReadAllBytes(Path.Combine(Repository.TestPlugin(name), name + ".dll")));

    /// <summary>Puts a plugin of the gallery into plugins/ as a bare assembly.</summary>
    internal TestSite GalleryPlugin(string name) => Write($"plugins/{name}.dll", File.ReadAllBytes(Repository.GalleryPlugin(name)));

    /// <summary>Puts a test plugin into plugins/ as a folder with all of its build output.</summary>
    internal TestSite PluginFolder(string name)
    {
        Copy(Repository.TestPlugin(name), PathOf($"plugins/{name}"));
        return this;
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.EnumerateFiles(from)) File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        foreach (var below in Directory.EnumerateDirectories(from).Where(d => Path.GetFileName(d) != "obj")) Copy(below, Path.Combine(to, Path.GetFileName(below)));
    }

    private TestSite WriteConfig() =>
        Write("config.yaml", string.Concat(sections.Select(s => $"{s.Key}:\n  {s.Value.ReplaceLineEndings("\n  ")}\n")));
}
