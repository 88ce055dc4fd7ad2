using Platform.Host.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using Platform.Host.Generations;
using Platform.Host.Plugins;
using Platform.Host.StaticFiles;

namespace Platform.Host.Commands;

/// <summary>Says everything that is wrong with a site's files, its plugins started for it.</summary>
public static class CheckCommand
{
    /// <summary>Prints the problems.</summary>
    /// <returns>0 where there are none, else 1.</returns>
    public static async Task<int> RunAsync(string configFile)
    {
        using var watchdog = new PluginWatchdog();
        var plugins = new PluginLoader(watchdog, TimeProvider.System, NullLoggerFactory.Instance);
        var builder = new GenerationBuilder(new SiteFolder(configFile), SiteEnvironment.Variables(), SiteEnvironment.Options(null), plugins, new AssetUrls(), NullLogger.Instance);
        var (site, problems) = await builder.BuildAsync(null);
        foreach (var problem in problems) await Console.Error.WriteLineAsync(ProblemText.Of(problem));
        if (problems.Count > 0) return 1;
        Console.WriteLine($"{configFile}: no problems; {site!.Plugins.Plugins.Count} plugins, {site.Templates.ThemeNames.Count} themes");
        return 0;
    }
}
