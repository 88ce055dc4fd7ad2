namespace Platform.Host.Caching;

/// <summary>What one server tells the others. A hint to look, no more: it may be late or get lost.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="Number">For a purge: its number.</param>
internal readonly record struct RedisMessage(RedisMessageKind Kind, long Number = 0)
{
    /// <summary>The words of a purge, ahead of its number; the script that gives it its number sends them.</summary>
    internal static string Purge(string sender) => $"{sender} purged ";

    /// <summary>Says that files of the site have changed.</summary>
    internal static string Change(string sender) => $"{sender} changed";

    /// <summary>Reads a message; null where it is the own one or not a message.</summary>
    internal static RedisMessage? Read(string text, string self) => text.Split(' ', 3) switch
    {
        [var sender, ..] when sender == self => null,
        [_, "changed"] => new(RedisMessageKind.Changed),
        [_, "purged", var number] when long.TryParse(number, out var purge) => new(RedisMessageKind.Purged, purge),
        _ => null,
    };
}

/// <summary>The kinds of messages.</summary>
internal enum RedisMessageKind
{
    /// <summary>Pages were purged.</summary>
    Purged,

    /// <summary>Files of the site have changed.</summary>
    Changed,
}
