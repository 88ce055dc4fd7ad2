using Platform.Host.Plugins;

namespace Platform.Host.Generations;

/// <summary>The generation in force. A new one takes over by one assignment; plugins that are in no live one any more are unloaded.</summary>
public sealed class GenerationStore(Generation first, ILogger logger)
{
    private static readonly TimeSpan DrainLimit = TimeSpan.FromSeconds(10);

    private readonly List<Generation> alive = [first];
    private Generation current = first;

    /// <summary>The generation in force.</summary>
    public Generation Current => Volatile.Read(ref current);

    /// <summary>Holds the generation in force; the caller leaves it when done.</summary>
    public Generation Enter()
    {
        while (true)
        {
            var generation = Current;
            if (generation.TryEnter()) return generation;
        }
    }

    /// <summary>Puts a generation into force. Requests under way finish on the one they saw.</summary>
    public void Swap(Generation next)
    {
        var previous = Current;
        lock (alive) alive.Add(next);
        Volatile.Write(ref current, next);
        previous.Leave();
        _ = RetireAsync(previous);
    }

    /// <summary>Takes the plugins in force out of service; called when no request is under way any more.</summary>
    public async Task DisposeAsync()
    {
        foreach (var assembly in Current.Plugins.Assemblies) await assembly.DisposeAsync();
    }

    private async Task RetireAsync(Generation retired)
    {
        await Task.WhenAny(retired.Drained, Task.Delay(DrainLimit));
        List<PluginAssembly> gone;
        lock (alive)
        {
            alive.Remove(retired);
            gone = [.. retired.Plugins.Assemblies.Where(a => !alive.Exists(g => g.Plugins.Assemblies.Contains(a)))];
        }

        foreach (var assembly in gone)
        {
            var names = string.Join(", ", assembly.Plugins.Select(p => p.Name));
            await assembly.DisposeAsync();
            logger.LogInformation("plugin {Plugin}: the version that was replaced or removed is out of service", names);
        }
    }
}
