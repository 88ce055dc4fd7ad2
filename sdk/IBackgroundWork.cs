namespace Platform.Sdk;

/// <summary>
/// A plugin with work of its own beside the requests: fetching a feed, warming a list. The host calls it by its own timer, never
/// twice at once, from the moment the plugin is in service until a newer version takes over or the plugin goes.
/// </summary>
public interface IBackgroundWork
{
    /// <summary>From the end of one turn to the beginning of the next; 1 s to 1 day. The first turn is at once.</summary>
    TimeSpan Interval { get; }

    /// <summary>One turn, at most 60 s. An exception is a failure of the plugin that the log and <c>/health</c> tell; the next turn comes all the same.</summary>
    /// <param name="cancel">Cancelled when the time is over or the plugin goes.</param>
    ValueTask WorkAsync(CancellationToken cancel);
}
