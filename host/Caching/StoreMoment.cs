namespace Platform.Host.Caching;

/// <summary>A moment in a store's life.</summary>
/// <param name="Local">Clears and purges here so far.</param>
/// <param name="Shared">The number that keys in Redis hold.</param>
public readonly record struct StoreMoment(long Local, long Shared);
