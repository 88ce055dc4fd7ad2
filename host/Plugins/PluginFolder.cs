using System.Security.Cryptography;
using System.Text;
using Platform.Host.Configuration;

namespace Platform.Host.Plugins;

/// <summary>Finds the plugins in a site's folder <c>plugins</c>, in the three shapes they may have.</summary>
public static class PluginFolder
{
    /// <summary>The plugins, by name; null where the folder is not there or can't be read, which is no wish to remove them.</summary>
    /// <param name="plugins">The folder.</param>
    /// <param name="problems">What lies there but can't be a plugin.</param>
    public static IReadOnlyList<PluginSource>? Scan(string plugins, List<Problem> problems)
    {
        var sources = new List<PluginSource>();
        try
        {
            Scan(plugins, sources, problems);
            var disabled = DisabledPlugins.Read(plugins, problems);
            return [.. sources.Select(source => disabled.Contains(source.Name) ? source with { IsDisabled = true } : source)];
        }
        catch (DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            problems.Add(new("plugins", 0, 0, $"can't be read: {exception.Message}; expected a readable folder. The plugins in service stay."));
            return null;
        }
    }

    private static void Scan(string plugins, List<PluginSource> sources, List<Problem> problems)
    {
        foreach (var file in Directory.EnumerateFiles(plugins, "*.dll").Order(StringComparer.Ordinal))
        {
            var name = Path.GetFileNameWithoutExtension(file);
            if (name != "Platform.Sdk") sources.Add(new(name, file, plugins, IsBare: true, Fingerprint([file])));
        }

        foreach (var folder in Directory.EnumerateDirectories(plugins).Order(StringComparer.Ordinal))
        {
            var name = Path.GetFileName(folder);
            if (name.StartsWith('.') || name is "bin" or "obj") continue;
            string[] candidates = [Path.Combine(folder, name + ".dll"), Path.Combine(folder, "bin", name + ".dll")];
            if (Array.Find(candidates, File.Exists) is not { } assembly)
            {
                problems.Add(new($"plugins/{name}", 0, 0, $"no assembly found; expected {name}.dll or bin/{name}.dll in it. Build the plugin, or remove the folder."));
            }
            else if (sources.Exists(s => s.Name == name))
            {
                problems.Add(new($"plugins/{name}", 0, 0, $"stands beside plugins/{name}.dll; expected one of the two. The bare assembly is used; remove one."));
            }
            else
            {
                sources.Add(new(name, assembly, folder, IsBare: false, Fingerprint([.. Directory.EnumerateFiles(Path.GetDirectoryName(assembly)!), Path.Combine(folder, "plugin.yaml")])));
            }
        }
    }

    private static string Fingerprint(IEnumerable<string> files)
    {
        var text = new StringBuilder();
        foreach (var file in files.Distinct().Order(StringComparer.Ordinal))
        {
            if (Path.GetExtension(file) is not (".dll" or ".pdb" or ".json" or ".yaml" or ".so")) continue;
            var info = new FileInfo(file);
            if (info.Exists) text.Append(file).Append('|').Append(info.Length).Append('|').Append(info.LastWriteTimeUtc.Ticks).Append('\n');
        }

        return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())).AsSpan(0, 8));
    }
}
