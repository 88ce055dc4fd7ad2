using System.Collections.Concurrent;
using Platform.Sdk;

namespace Platform.Bench;

/// <summary>How often each page was made.</summary>
internal sealed class Makings
{
    private ConcurrentDictionary<string, long> counts = new(StringComparer.Ordinal);

    internal void Count(string page) => counts.AddOrUpdate(page, 1, (_, count) => count + 1);

    /// <summary>Since the last call.</summary>
    internal DataMap Take() => new(Interlocked.Exchange(ref counts, new(StringComparer.Ordinal)).Select(pair => KeyValuePair.Create(pair.Key, (object?)pair.Value)));
}
