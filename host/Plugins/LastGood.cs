using Platform.Sdk;

namespace Platform.Host.Plugins;

/// <summary>A plugin's last good answers, page by page, to stand in where it fails. Only those that are good for more than one request are kept, and of them a bounded number.</summary>
public sealed class LastGood
{
    private const int MaxEntries = 512;
    private const long MaxCharacters = 16 * 1024 * 1024;
    private const RequestPart OfOneRequest = RequestPart.Headers | RequestPart.Cookies | RequestPart.ClientAddress | RequestPart.Body | RequestPart.RequestId;

    private readonly Lock gate = new();
    private readonly Dictionary<string, LinkedListNode<Answer>> kept = new(StringComparer.Ordinal);
    private readonly LinkedList<Answer> byAge = new();
    private long characters;

    /// <summary>The answer, which is kept where it is good; where it failed, it bears the last good one beside the failure.</summary>
    public async ValueTask<PluginOutcome<PageData>> OrKeptAsync(string key, ValueTask<PluginOutcome<PageData>> asked, RequestParameter request)
    {
        var outcome = await asked;
        if (outcome.IsFailure) return Find(key) is { } last ? outcome with { Value = last } : outcome;
        if (outcome.Value is { } data && (request.Reads.Parts & OfOneRequest) == RequestPart.None) Keep(key, data);
        else Remove(key);
        return outcome;
    }

    private PageData? Find(string key)
    {
        lock (gate) return kept.GetValueOrDefault(key)?.Value.Data;
    }

    private void Remove(string key)
    {
        lock (gate)
        {
            if (!kept.Remove(key, out var node)) return;
            byAge.Remove(node);
            characters -= node.Value.Characters;
        }
    }

    private void Keep(string key, PageData data)
    {
        if (ReferenceEquals(Find(key), data)) return;
        var size = data.Size().Characters + key.Length;
        lock (gate)
        {
            Remove(key);
            kept[key] = byAge.AddLast(new Answer(key, data, size));
            characters += size;
            while (byAge.First is { } oldest && (kept.Count > MaxEntries || characters > MaxCharacters)) Remove(oldest.Value.Key);
        }
    }

    private sealed record Answer(string Key, PageData Data, long Characters);
}
