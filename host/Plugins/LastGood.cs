using System.Collections.Concurrent;
using Platform.Sdk;

namespace Platform.Host.Plugins;

/// <summary>A plugin's last good answers, page by page, to stand in where it fails. Only those that are good for more than one request are kept, and of them a bounded number.</summary>
public sealed class LastGood
{
    private const int MaxEntries = 512;
    private const long MaxCharacters = 16 * 1024 * 1024;
    private const RequestPart OfOneRequest = RequestPart.Headers | RequestPart.Cookies | RequestPart.ClientAddress | RequestPart.Body | RequestPart.RequestId;

    private readonly ConcurrentDictionary<string, PageData> kept = new(StringComparer.Ordinal);
    private long characters;

    /// <summary>The answer, which is kept where it is good; where it failed, it bears the last good one beside the failure.</summary>
    public async ValueTask<PluginOutcome<PageData>> OrKeptAsync(string key, ValueTask<PluginOutcome<PageData>> asked, RequestParameter request)
    {
        var outcome = await asked;
        if (outcome.IsFailure) return kept.TryGetValue(key, out var last) ? outcome with { Value = last } : outcome;
        if (outcome.Value is { } data && (request.Reads.Parts & OfOneRequest) == RequestPart.None) Keep(key, data);
        else kept.TryRemove(key, out _);
        return outcome;
    }

    private void Keep(string key, PageData data)
    {
        if (kept.TryGetValue(key, out var before) && ReferenceEquals(before, data)) return;
        if (kept.Count >= MaxEntries || Interlocked.Read(ref characters) > MaxCharacters)
        {
            kept.Clear();
            Interlocked.Exchange(ref characters, 0);
        }

        kept[key] = data;
        Interlocked.Add(ref characters, data.Size().Characters + key.Length);
    }
}
