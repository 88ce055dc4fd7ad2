using System.Collections.Concurrent;

namespace Platform.Host.Caching;

/// <summary>Texts that many pages have in common, kept once. Bounded: where too many were seen, it begins anew.</summary>
internal sealed class SharedTexts
{
    private const int MaxTexts = 20_000;
    private const int LongestText = 256;

    private readonly ConcurrentDictionary<string, string> texts = new(StringComparer.Ordinal);
    private int count;

    /// <summary>The one text that equals this one.</summary>
    internal string Of(string text)
    {
        if (text.Length > LongestText) return text;
        if (texts.TryGetValue(text, out var known)) return known;
        if (Interlocked.Increment(ref count) > MaxTexts)
        {
            texts.Clear();
            Volatile.Write(ref count, 1);
        }

        return texts.GetOrAdd(text, text);
    }
}
