using System.Collections.Concurrent;

namespace Platform.Host.Plugins.Unloading;

/// <summary>What became of all versions of all plugins that were let go of since the start.</summary>
public sealed class UnloadLedger
{
    private readonly ConcurrentDictionary<string, UnloadCount> counts = new(StringComparer.Ordinal);

    /// <summary>The counts, by the name of the assembly.</summary>
    public IReadOnlyDictionary<string, UnloadCount> Counts => counts;

    /// <summary>The counts of one assembly.</summary>
    public UnloadCount Of(string assembly) => counts.GetValueOrDefault(assembly, UnloadCount.None);

    /// <summary>Writes down what became of a version.</summary>
    public void Record(string assembly, UnloadOutcome outcome) => Change(assembly, count => outcome.IsGone
        ? count with { Unloaded = count.Unloaded + 1 }
        : count with { Leaked = count.Leaked + 1, Holders = outcome.Holders });

    /// <summary>A version that was held has gone after all.</summary>
    public void RecordLate(string assembly) => Change(assembly, count => count with { Unloaded = count.Unloaded + 1, Leaked = count.Leaked - 1, Holders = count.Leaked == 1 ? [] : count.Holders });

    private void Change(string assembly, Func<UnloadCount, UnloadCount> change) =>
        counts.AddOrUpdate(assembly, _ => change(UnloadCount.None), (_, count) => change(count));
}

/// <summary>What became of the versions of one assembly.</summary>
/// <param name="Unloaded">Versions that are proved gone.</param>
/// <param name="Leaked">Versions that something still holds.</param>
/// <param name="Holders">What probably holds the newest of those.</param>
public sealed record UnloadCount(int Unloaded, int Leaked, IReadOnlyList<string> Holders)
{
    /// <summary>Nothing was let go of.</summary>
    public static UnloadCount None { get; } = new(0, 0, []);
}
