using System.Collections.Concurrent;
using Platform.Sdk;

namespace Platform.Host.Plugins;

/// <summary>
/// Keeps a plugin's <c>global_data</c> for a while. An answer made without looking at the request is shared by all
/// visitors of a host and theme; one that read the user is kept per user; one that read anything else is not kept.
/// </summary>
public sealed class GlobalDataCache(TimeSpan life, bool keepsLastGood, TimeProvider time)
{
    private const int MaxEntries = 1024;

    private readonly ConcurrentDictionary<(string Tenant, string Theme, string User), Entry> entries = new();
    private int clears;

    /// <summary>How often everything was forgotten. What was asked for before that is not kept.</summary>
    public int Clears => Volatile.Read(ref clears);

    /// <summary>The answer that is still good for this request.</summary>
    /// <param name="request">The request; nothing of it is marked as read.</param>
    /// <param name="userKey">The user's id and state of rights; <c>-</c> for the anonymous visitor.</param>
    /// <param name="stamp">The state of the site; an answer of another state is not used.</param>
    /// <param name="entry">The answer and what it was made from.</param>
    public bool TryGet(RequestParameter request, string userKey, string stamp, out Entry entry)
    {
        if (entries.TryGetValue((request.Tenant, request.Theme, ""), out entry) && IsGood(entry, stamp)) return true;
        return entries.TryGetValue((request.Tenant, request.Theme, userKey), out entry) && IsGood(entry, stamp);
    }

    /// <summary>Keeps an answer where it may be used again.</summary>
    /// <param name="request">The request it answers, with what was read of it.</param>
    /// <param name="userKey">The user's id and state of rights.</param>
    /// <param name="stamp">The state of the site.</param>
    /// <param name="begun"><see cref="Clears"/> as it was before the plugin was asked.</param>
    /// <param name="data">The answer.</param>
    public void Keep(RequestParameter request, string userKey, string stamp, int begun, PageData? data)
    {
        if ((life <= TimeSpan.Zero && !keepsLastGood) || (request.Reads.Parts & ~RequestPart.User) != RequestPart.None) return;
        if (entries.Count >= MaxEntries) entries.Clear();
        var shared = request.Reads.Parts == RequestPart.None;
        entries[(request.Tenant, request.Theme, shared ? "" : userKey)] = new(data, request.Reads, stamp, begun, time.GetTimestamp());
    }

    /// <summary>The last answer for this visitor, however old; null where there is none.</summary>
    public PageData? LastGood(RequestParameter request, string userKey) =>
        entries.TryGetValue((request.Tenant, request.Theme, ""), out var entry) || entries.TryGetValue((request.Tenant, request.Theme, userKey), out entry) ? entry.Data : null;

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        Interlocked.Increment(ref clears);
        entries.Clear();
    }

    private bool IsGood(Entry entry, string stamp) => entry.Stamp == stamp && entry.Begun == Clears && time.GetElapsedTime(entry.MadeAt) < life;

    /// <summary>A kept answer.</summary>
    /// <param name="Data">The answer; null: nothing to add.</param>
    /// <param name="Read">What of the request it was made from.</param>
    /// <param name="Stamp">The state of the site it was made in.</param>
    /// <param name="Begun">How often everything had been forgotten before it was asked for.</param>
    /// <param name="MadeAt">The timestamp of its making.</param>
    public readonly record struct Entry(PageData? Data, RequestReads Read, string Stamp, int Begun, long MadeAt);
}
