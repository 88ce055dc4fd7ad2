using System.Collections.Concurrent;

namespace Platform.Host.Caching;

/// <summary>
/// Who is making which page right now: of many requests for one page the first makes it and the rest wait for it. A page
/// that turned out not to be storable is remembered for a while, so that nobody waits for it in vain.
/// </summary>
public sealed class Flights
{
    private const int MaxRemembered = 10_000;
    private static readonly TimeSpan Remembered = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<(string Key, long Epoch), Flight> underway = new();
    private readonly ConcurrentDictionary<string, long> notStorable = new(StringComparer.Ordinal);

    /// <summary>Joins the flight of a key. The leader must end it with <see cref="Flight.Land"/>.</summary>
    /// <param name="key">The page's key.</param>
    /// <param name="epoch">The store's count of clears: who comes after a clear does not join a flight that began before it.</param>
    /// <returns>The flight, and whether the caller leads it; null: don't wait, the page is not storable.</returns>
    public (Flight Flight, bool Leads)? Join(string key, long epoch)
    {
        if (notStorable.TryGetValue(key, out var until))
        {
            if (Environment.TickCount64 < until) return null;
            notStorable.TryRemove(key, out _);
        }

        var mine = new Flight(this, key, epoch);
        var flight = underway.GetOrAdd((key, epoch), mine);
        return (flight, flight == mine);
    }

    private void Remember(string key)
    {
        if (notStorable.Count >= MaxRemembered) notStorable.Clear();
        notStorable[key] = Environment.TickCount64 + (long)Remembered.TotalMilliseconds;
    }

    /// <summary>The making of one page.</summary>
    public sealed class Flight(Flights flights, string key, long epoch)
    {
        private readonly TaskCompletionSource<Landing?> landed = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>Ends once the page is made; null where it came to nothing.</summary>
        public Task<Landing?> Landed => landed.Task;

        /// <summary>Ends the flight; a second call does nothing.</summary>
        /// <param name="landing">The page for those who wait; null: none to share.</param>
        /// <param name="isStorable">False where the page is one that is never stored.</param>
        public void Land(Landing? landing = null, bool isStorable = true)
        {
            if (landed.Task.IsCompleted) return;
            if (!isStorable) flights.Remember(key);
            flights.underway.TryRemove(new((key, epoch), this));
            landed.TrySetResult(landing);
        }
    }
}

/// <summary>A page that was made while others waited: it is theirs where their requests have the same key.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Parts">The parts of the request that are in it.</param>
/// <param name="Page">The page.</param>
public sealed record Landing(string Key, KeyParts Parts, CachedPage Page);
