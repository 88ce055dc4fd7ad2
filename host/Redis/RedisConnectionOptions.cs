using Platform.Host.Configuration;

namespace Platform.Host.Redis;

/// <summary>Where Redis is and how one introduces oneself.</summary>
/// <param name="Endpoint">Where it is.</param>
public sealed record RedisConnectionOptions(HostPort Endpoint)
{
    /// <summary>Its password. One that it does not ask for is no error. Default: none.</summary>
    public Secret Password { get; init; } = Secret.None;

    /// <summary>The database's number. Default: 0.</summary>
    public int Database { get; init; }

    /// <summary>What <c>CLIENT LIST</c> calls the connection. Default: <c>platform</c>.</summary>
    public string ClientName { get; init; } = "platform";

    /// <summary>
    /// Given the channel and the message where the connection has sent <c>SUBSCRIBE</c>; called by the reader of replies, so it
    /// must neither wait nor throw. Null: whoever sends messages ends the connection. Default: null.
    /// </summary>
    public Action<string, byte[]>? Hear { get; init; }
}
