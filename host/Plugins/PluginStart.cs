using Platform.Host.Configuration;
using Platform.Sdk;

namespace Platform.Host.Plugins;

/// <summary>The start of one assembly's plugins: load, construct, initialize. Each step of foreign code has ten seconds.</summary>
public sealed class PluginStart(SiteFolder site, PluginSource source, ConfigurationResult configuration, PluginSettings settings, PluginRuntime runtime, PluginSetup setup)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    /// <summary>What a template means by these is the same on every server.</summary>
    private static readonly string[] OwnHelpers = ["if", "unless", "each", "with", "lookup", "asset", "nonce", "else", "this", "inline", "helperMissing", "blockHelperMissing"];

    private readonly List<LoadedPlugin> started = [];
    private readonly List<string> names = [];

    /// <summary>Starts them.</summary>
    /// <exception cref="Exception">Whatever goes wrong, foreign exceptions too; nothing of the assembly stays.</exception>
    public async Task<PluginAssembly> RunAsync()
    {
        try
        {
            foreach (var plugin in await Limited("loading it", cancel => new ValueTask<IReadOnlyList<IPlugin>>(runtime.LoadAsync(cancel)))) await StartAsync(plugin);
            return new(source, settings, names, runtime, started, setup.Watchdog);
        }
        catch
        {
            foreach (var plugin in started) await plugin.DisposeAsync();
            await runtime.StopAsync();
            throw;
        }
    }

    private async Task StartAsync(IPlugin plugin)
    {
        var name = await Limited("its name", _ => new ValueTask<string>(plugin.Name));
        CheckName(name);
        names.Add(name);
        if (!settings.IsUsed(name))
        {
            setup.Logger.LogInformation("plugin {Plugin}: not used: plugins.each.{Name}.enabled is false", name, name);
            return;
        }

        if (settings.Check(name).ToList() is { Count: > 0 } wrong) throw new PluginSettingsException(wrong);
        var powers = setup.Lend(name);
        try
        {
            var config = powers.Config(settings.For(name), configuration.ApplicationSettings, site.ConfigFile, source.Folder);
            await Limited("InitAsync", async cancel =>
            {
                await plugin.InitAsync(config, cancel).ConfigureAwait(false);
                return true;
            });
            var facts = await Limited("what it says of itself", _ => new ValueTask<PluginFacts>(runtime.FactsOf(plugin)));
            CheckHelpers(facts.Helpers);
            started.Add(new(new(plugin, facts, name, runtime, powers), settings.OrderOf(name), setup.Bound(name, settings.LimitsOf(name)), setup.Time));
        }
        catch
        {
            powers.Dispose();
            throw;
        }
    }

    private static async Task<T> Limited<T>(string what, Func<CancellationToken, ValueTask<T>> start)
    {
        using var cancel = new CancellationTokenSource(Limit);
        try
        {
            return await Task.Run(() => start(cancel.Token).AsTask()).WaitAsync(Limit);
        }
        catch (Exception exception) when (exception is TimeoutException or OperationCanceledException && cancel.IsCancellationRequested)
        {
            throw new PluginStartException($"{what} did not end within {Limit.TotalSeconds:0} s.");
        }
    }

    private static void CheckHelpers(IReadOnlyList<TemplateHelper> helpers)
    {
        foreach (var helper in helpers)
        {
            if (helper is null) throw new PluginStartException("one of its helpers is null; expected helpers made by TemplateHelper.Value or TemplateHelper.Block.");
            if (OwnHelpers.Contains(helper.Name)) throw new PluginStartException($"its helper \"{helper.Name}\" would replace one that templates rely on; expected none of {string.Join(", ", OwnHelpers)}. Give it another name.");
        }

        if (helpers.GroupBy(helper => helper.Name, StringComparer.Ordinal).FirstOrDefault(same => same.Count() > 1) is { Key: var twice })
            throw new PluginStartException($"its helper \"{twice}\" is there twice; expected each name once. Remove one.");
    }

    internal static void CheckName(string? name)
    {
        if (string.IsNullOrEmpty(name) || name.Length > 64 || name.Any(c => !char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_' or '.')))
        {
            throw new PluginStartException($"its name is \"{name?.ReplaceLineEndings(" ")}\"; expected 1 to 64 letters, digits, '-', '_' or '.'.");
        }
    }
}

/// <summary>Why the host refuses to start a plugin, in its own words.</summary>
public sealed class PluginStartException(string message) : Exception(message);

/// <summary>Settings that a plugin does not know, or can't take.</summary>
public sealed class PluginSettingsException(IReadOnlyList<Problem> problems) : Exception(problems[0].ToString())
{
    /// <summary>Each with its place.</summary>
    public IReadOnlyList<Problem> Problems => problems;
}
