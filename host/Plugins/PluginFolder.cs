using System.Text;
using Platform.Host.Configuration;

namespace Platform.Host.Plugins;

/// <summary>Finds the plugins in a site's folder <c>plugins</c>, in the shapes they may have.</summary>
public static class PluginFolder
{
    /// <summary>The plugins, by name; null where the folder is not there or can't be read, which is no wish to remove them.</summary>
    /// <param name="plugins">The folder.</param>
    /// <param name="problems">What lies there but can't be a plugin.</param>
    /// <param name="hasCommand">True for a folder that config.yaml has a command for; null: for none.</param>
    public static IReadOnlyList<PluginSource>? Scan(string plugins, List<Problem> problems, Func<string, bool>? hasCommand = null)
    {
        var sources = new List<PluginSource>();
        try
        {
            Scan(plugins, sources, problems, hasCommand ?? (_ => false));
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

    private static void Scan(string plugins, List<PluginSource> sources, List<Problem> problems, Func<string, bool> hasCommand)
    {
        foreach (var file in Directory.EnumerateFiles(plugins, "*.dll").Order(StringComparer.Ordinal))
        {
            var name = Path.GetFileNameWithoutExtension(file);
            if (name != "Platform.Sdk") sources.Add(Marked(new(name, file, plugins, IsBare: true, "")));
        }

        foreach (var folder in Directory.EnumerateDirectories(plugins).Order(StringComparer.Ordinal))
        {
            var name = Path.GetFileName(folder);
            if (name.StartsWith('.') || name is "bin" or "obj") continue;
            string[] candidates = [Path.Combine(folder, name + ".dll"), Path.Combine(folder, "bin", name + ".dll")];
            var manifest = Path.Combine(folder, "plugin.yaml");
            if (Array.Find(candidates, File.Exists) is not { } assembly)
            {
                if (File.Exists(manifest) || hasCommand(name)) sources.Add(Marked(new(name, manifest, folder, IsBare: false, "") { IsCommand = true }));
                else problems.Add(NoAssembly(name));
            }
            else if (sources.Exists(s => s.Name == name))
            {
                problems.Add(new($"plugins/{name}", 0, 0, $"stands beside plugins/{name}.dll; expected one of the two. The bare assembly is used; remove one."));
            }
            else
            {
                sources.Add(Marked(new(name, assembly, folder, IsBare: false, "")));
            }
        }
    }

    /// <summary>Says that a folder holds nothing to start.</summary>
    public static Problem NoAssembly(string name) =>
        new($"plugins/{name}", 0, 0, $"no assembly found; expected {name}.dll or bin/{name}.dll in it, or a plugin.yaml with a command. Build the plugin, or remove the folder.");

    /// <summary>What a plugin's files are like now; another text than its <see cref="PluginSource.Fingerprint"/> where they have changed.</summary>
    public static string FingerprintOf(PluginSource source)
    {
        try
        {
            if (source.IsCommand) return Hash(PluginTree.Files(source.Folder));
            if (source.IsBare) return Fingerprint([source.AssemblyPath]);
            var home = Path.GetDirectoryName(source.AssemblyPath)!;
            return Fingerprint([.. Directory.EnumerateFiles(home), .. PluginBinaries.In(home), Path.Combine(source.Folder, "plugin.yaml")]);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    private static PluginSource Marked(PluginSource source) => source with { Fingerprint = FingerprintOf(source) };

    private static string Fingerprint(IEnumerable<string> files) => Hash(files.Distinct().Where(file => Path.GetExtension(file) is ".dll" or ".pdb" or ".json" or ".yaml" or ".so" or ".dylib" || Path.GetFileName(file).Contains(".so.", StringComparison.Ordinal)));

    private static string Hash(IEnumerable<string> files)
    {
        var text = new StringBuilder();
        foreach (var file in files.Order(StringComparer.Ordinal))
        {
            // Of a link, what it leads to counts.
            var info = new FileInfo(file);
            if (info.LinkTarget is not null) info = info.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? info;
            if (info.Exists) text.Append(file).Append('>').Append(info.FullName).Append('|').Append(info.Length).Append('|').Append(info.LastWriteTimeUtc.Ticks).Append('\n');
        }

        return $"{Fnv1A(text.ToString()):x16}";
    }

    /// <summary>FNV-1a, 64 bits. Nobody gains by two states that look the same; and a plugin's process, which looks too as it starts, is not to load a library of cryptography for it.</summary>
    private static ulong Fnv1A(string text)
    {
        var hash = 14695981039346656037ul;
        foreach (var letter in text) hash = unchecked((hash ^ letter) * 1099511628211ul);
        return hash;
    }
}
