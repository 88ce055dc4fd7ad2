using System.Collections;
using System.Globalization;

namespace Platform.Host.Plugins.Testing;

internal sealed class LeavesTheProcessAlone : PluginAssertion
{
    public override string Sentence => "leaves alone what the whole process shares: current folder, culture, console, thread pool, environment";

    public override async Task<PluginFinding> LookAsync(TestSubject subject)
    {
        var before = State();
        var plugins = await subject.StartAsync();
        await plugins.UseAsync();

        await plugins.StopAsync();
        var changed = State().Where(now => !Equals(now.Value, before[now.Key])).Select(now => now.Key).ToList();
        return changed.Count == 0 ? Holds : Fails($"changed: {string.Join(", ", changed)}");
    }

    private static Dictionary<string, object?> State()
    {
        ThreadPool.GetMinThreads(out var minWorkers, out var minCompletions);
        ThreadPool.GetMaxThreads(out var maxWorkers, out var maxCompletions);
        var variables = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().Select(e => $"{e.Key}={e.Value}").Order(StringComparer.Ordinal);
        return new()
        {
            ["Environment.CurrentDirectory"] = Environment.CurrentDirectory,
            ["CultureInfo.DefaultThreadCurrentCulture"] = CultureInfo.DefaultThreadCurrentCulture?.Name,
            ["CultureInfo.DefaultThreadCurrentUICulture"] = CultureInfo.DefaultThreadCurrentUICulture?.Name,
            ["Console.Out"] = Console.Out,
            ["Console.Error"] = Console.Error,
            ["ThreadPool limits"] = (minWorkers, minCompletions, maxWorkers, maxCompletions),
            ["environment variables"] = string.Join('\n', variables),
            ["Environment.ExitCode"] = Environment.ExitCode,
        };
    }
}
