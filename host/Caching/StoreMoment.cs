namespace Platform.Host.Caching;

/// <summary>A moment in a store's life, by the purges known then.</summary>
/// <param name="Local">Purges here so far (<see cref="PageStore.PurgeCount"/>).</param>
/// <param name="Shared">The last number of the Redis' sequence that is known here; -1 where there is none.</param>
public readonly record struct StoreMoment(long Local, long Shared);
