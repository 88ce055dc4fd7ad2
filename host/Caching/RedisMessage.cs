namespace Platform.Host.Caching;

/// <summary>What one server tells the others.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="Epoch">For a clear: the number that stored keys hold from now on.</param>
/// <param name="Tag">For a clear: the tag to purge; null: all pages.</param>
public readonly record struct RedisMessage(RedisMessageKind Kind, long Epoch = 0, string? Tag = null)
{
    /// <summary>The message as sent.</summary>
    /// <param name="sender">The server that sends it; it ignores its own messages.</param>
    public string Write(string sender) => Kind switch
    {
        RedisMessageKind.Changed => $"{sender} changed",
        _ => Tag is null ? $"{sender} clear {Epoch}" : $"{sender} clear {Epoch} {Tag}",
    };

    /// <summary>Reads a message; null where it is the own one or not a message.</summary>
    public static RedisMessage? Read(string text, string self) => text.Split(' ', 4) switch
    {
        [var sender, ..] when sender == self => null,
        [_, "changed"] => new(RedisMessageKind.Changed),
        [_, "clear", var epoch] when long.TryParse(epoch, out var number) => new(RedisMessageKind.Clear, number),
        [_, "clear", var epoch, var tag] when long.TryParse(epoch, out var number) => new(RedisMessageKind.Clear, number, tag),
        _ => null,
    };
}

/// <summary>The kinds of messages.</summary>
public enum RedisMessageKind
{
    /// <summary>Stored pages are to be dropped.</summary>
    Clear,

    /// <summary>Files of the site have changed.</summary>
    Changed,
}
