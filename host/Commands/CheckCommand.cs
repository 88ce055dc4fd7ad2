using Platform.Host.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using Platform.Host.Generations;
using Platform.Host.Plugins;
using Platform.Host.Plugins.Powers;
using Platform.Host.StaticFiles;

namespace Platform.Host.Commands;

/// <summary>Says everything that is wrong with a site's files, its plugins started for it; and what should be looked at.</summary>
public static class CheckCommand
{
    /// <summary>Prints the problems and the warnings.</summary>
    /// <param name="configFile">The site.</param>
    /// <param name="hasNotes">Prints what is worth knowing too.</param>
    /// <returns>0 where there are no problems, else 1.</returns>
    public static async Task<int> RunAsync(string configFile, bool hasNotes)
    {
        using var watchdog = new PluginWatchdog();
        var plugins = new PluginLoader(new PluginSetup(watchdog, new HostPages(null), TimeProvider.System, NullLogger.Instance));
        var builder = new GenerationBuilder(new SiteFolder(configFile), SiteEnvironment.Variables(), SiteEnvironment.Options(null), plugins, new AssetUrls(), NullLogger.Instance);
        var (site, found) = await builder.BuildAsync(null);
        IReadOnlyList<Problem> problems = [.. found, .. site?.Templates.Errors ?? []];
        foreach (var problem in problems) await Console.Error.WriteLineAsync(ProblemText.Of(problem));
        foreach (var warning in site?.Templates.Warnings ?? []) await Console.Error.WriteLineAsync($"warning: {ProblemText.Of(warning)}");
        foreach (var note in hasNotes && site is not null ? site.Templates.Notes : []) Console.WriteLine($"note: {ProblemText.Of(note)}");
        if (problems.Count > 0) return 1;
        var warnings = site!.Templates.Warnings.Count;
        Console.WriteLine($"{configFile}: no problems; {(warnings == 0 ? "" : $"{warnings} warnings; ")}{site.Plugins.Plugins.Count} plugins, {site.Templates.ThemeNames.Count} themes");
        return 0;
    }
}
