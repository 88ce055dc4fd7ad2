using System.Runtime.CompilerServices;
using Platform.Host.Configuration;
using Platform.Host.Plugins.Unloading;
using Platform.Sdk;

namespace Platform.Host.Plugins.Testing;

/// <summary>A plugin under test: where it lies, and how it is started with the settings of its plugin.yaml.</summary>
public sealed class TestSubject
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(10);

    private readonly string assembly;
    private readonly string folder;
    private readonly PluginManifest manifest;
    private readonly IReadOnlyList<string> pages;

    private TestSubject(string assembly, string folder, PluginManifest manifest, IReadOnlyList<string> pages) => (this.assembly, this.folder, this.manifest, this.pages) = (assembly, folder, manifest, pages);

    /// <summary>The deadline of a call: that of a server whose config.yaml says nothing.</summary>
    public static TimeSpan CallLimit { get; } = new PluginOptions().Timeout;

    /// <summary>Finds it.</summary>
    /// <param name="path">The plugin's folder, or its assembly.</param>
    /// <param name="pages">Handlers and URL paths that are its own, beside those of its name and its templates.</param>
    /// <exception cref="PluginStartException">It is not there, or its plugin.yaml has problems.</exception>
    public static TestSubject At(string path, IReadOnlyList<string> pages)
    {
        path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        var assembly = File.Exists(path) ? path
            : Array.Find([Path.Combine(path, Path.GetFileName(path) + ".dll"), Path.Combine(path, "bin", Path.GetFileName(path) + ".dll")], File.Exists)
            ?? throw new PluginStartException($"{path}: no plugin that runs in a server's process; expected an assembly, or a folder with {Path.GetFileName(path)}.dll in it or in its bin/. Build it first.");
        var folder = Path.GetDirectoryName(assembly)!;
        if (Path.GetFileName(folder) == "bin") folder = Path.GetDirectoryName(folder)!;
        var (file, problems) = (Path.Combine(folder, "plugin.yaml"), new List<Problem>());
        var manifest = File.Exists(file) ? PluginManifest.Read(file, file, problems) : PluginManifest.Empty;
        return new(assembly, folder, manifest ?? throw new PluginStartException(string.Join('\n', problems)), [.. pages, .. PagesOf(Path.Combine(folder, "templates"))]);
    }

    /// <summary>Loads, constructs and initializes it; nothing of it is held but by what comes back.</summary>
    /// <exception cref="Exception">It does not start.</exception>
    public async Task<StartedPlugins> StartAsync()
    {
        var context = new PluginLoadContext(new("under test", assembly, folder, IsBare: false, Fingerprint: ""));
        if (manifest.Settings.Rules.FirstOrDefault(setting => setting.Value.IsRequired).Key is { } missing) throw new PluginStartException($"its setting {missing} is required and has no default; expected one to start it with. Give it a default in a copy of plugin.yaml.");
        var types = await Limited("loading it", () => ValueTask.FromResult(
            Loaded(context).GetExportedTypes().Where(t => typeof(IPlugin).IsAssignableFrom(t) && t is { IsAbstract: false, IsInterface: false } && t.GetConstructor(Type.EmptyTypes) is not null).ToList()));
        if (types.Count == 0) throw new PluginStartException("holds no plugin; expected a public class that implements Platform.Sdk.IPlugin and has a public parameterless constructor.");
        var plugins = new List<IPlugin>();
        foreach (var type in types)
        {
            var plugin = await Limited("its constructor", () => ValueTask.FromResult((IPlugin)Activator.CreateInstance(type)!));
            if (!Names.TryParsePlugin(plugin.Name ?? "", out _, out var complaint)) throw new PluginStartException($"its name is {complaint}");
            using var cancel = new CancellationTokenSource(StartLimit);
            var config = new PluginConfig { Settings = manifest.Settings.Defaults, Application = new(), ConfigPath = Path.Combine(folder, "config.yaml"), Folder = folder };
            await Limited("InitAsync", async () =>
            {
                await plugin.InitAsync(config, cancel.Token).ConfigureAwait(false);
                return true;
            });
            plugins.Add(plugin);
        }

        return new(context, plugins, pages);
    }

    /// <summary>Starts it, does something with it and takes it out of service; on a stack of its own, so that nothing of the plugin stays in a variable.</summary>
    /// <returns>What is left of it: nothing, once the runtime has collected it.</returns>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public UnloadSubject Run(Func<StartedPlugins, Task> work) => Task.Run(async () =>
    {
        var started = await StartAsync();
        await work(started);
        return await started.StopAsync();
    }).GetAwaiter().GetResult();

    /// <summary>The pages that templates of the plugin's are found for.</summary>
    private static IEnumerable<string> PagesOf(string templates) => !Directory.Exists(templates) ? [] :
        Directory.EnumerateFiles(templates, "*.html", SearchOption.AllDirectories).Take(100).Select(file => "/" + Path.ChangeExtension(Path.GetRelativePath(templates, file), null).Replace('\\', '/'));

    private static System.Reflection.Assembly Loaded(PluginLoadContext context)
    {
        var loaded = context.LoadPlugin();
        PluginSdk.Check(loaded);
        return loaded;
    }

    private static async Task<T> Limited<T>(string what, Func<ValueTask<T>> start)
    {
        try
        {
            return await Task.Run(() => start().AsTask()).WaitAsync(StartLimit);
        }
        catch (TimeoutException)
        {
            throw new PluginStartException($"{what} did not end within {StartLimit.TotalSeconds:0} s.");
        }
    }
}
