using Platform.Host.Plugins;

namespace Platform.Host.Generations;

/// <summary>The generation in force. A new one takes over by one assignment; plugins that are in no live one any more are unloaded.</summary>
public sealed class GenerationStore
{
    private static readonly TimeSpan DrainLimit = TimeSpan.FromSeconds(10);

    private readonly ILogger logger;
    private readonly List<Generation> alive;
    private Generation current;

    /// <summary>Puts the first generation into force.</summary>
    public GenerationStore(Generation first, ILogger logger)
    {
        (this.logger, current, alive) = (logger, first, [first]);
        foreach (var assembly in first.Plugins.Assemblies) assembly.Start();
    }

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
        _ = HandOverAsync(previous, next);
        previous.Leave();
        _ = RetireAsync(previous);
    }

    /// <summary>Takes the plugins in force out of service; called when no request is under way any more.</summary>
    public async Task DisposeAsync()
    {
        foreach (var assembly in Current.Plugins.Assemblies) await assembly.DisposeAsync(withCode: true);
    }

    /// <summary>Never two versions at work in the background: the old one's turn ends, then the new one's begins. The same code with other limits just goes on.</summary>
    private static async Task HandOverAsync(Generation previous, Generation next)
    {
        var running = next.Plugins.Assemblies.Select(assembly => assembly.Runtime).ToHashSet();
        await Task.WhenAll(previous.Plugins.Assemblies.Where(assembly => !running.Contains(assembly.Runtime)).Select(assembly => assembly.StopAsync()));
        foreach (var assembly in next.Plugins.Assemblies) assembly.Start();
    }

    private async Task RetireAsync(Generation retired)
    {
        await Task.WhenAny(retired.Drained, Task.Delay(DrainLimit));
        List<(PluginAssembly Assembly, bool WithCode)> gone;
        lock (alive)
        {
            alive.Remove(retired);
            var used = alive.SelectMany(generation => generation.Plugins.Assemblies).ToHashSet();
            var running = used.Select(assembly => assembly.Runtime).ToHashSet();
            gone = [.. retired.Plugins.Assemblies.Where(assembly => !used.Contains(assembly)).Select(assembly => (assembly, !running.Contains(assembly.Runtime)))];
        }

        foreach (var (assembly, withCode) in gone)
        {
            var names = string.Join(", ", assembly.Plugins.Select(p => p.Name));
            await assembly.DisposeAsync(withCode);
            if (withCode) logger.LogInformation("plugin {Plugin}: the version that was replaced or removed is out of service", names);
        }
    }
}
