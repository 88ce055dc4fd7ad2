using System.Net;

namespace Platform.Host.Pipeline;

/// <summary>What the access line of one request says.</summary>
/// <param name="Ended">When the request ended, as <see cref="System.Diagnostics.Stopwatch"/> counts.</param>
/// <param name="Client">The visitor's address.</param>
/// <param name="Method">The HTTP method.</param>
/// <param name="Target">Path and query as sent.</param>
/// <param name="Status">The response's status.</param>
/// <param name="Bytes">The body's length.</param>
/// <param name="Taken">From the door to the last byte handed to the network.</param>
/// <param name="Cache">The outcome of the cache; empty where it was not asked.</param>
/// <param name="RequestId">The id of the request.</param>
public readonly record struct AccessRecord(long Ended, IPAddress Client, string Method, string Target, int Status, long Bytes, TimeSpan Taken, string Cache, string RequestId)
{
    private const int Fixed = 96;

    /// <summary>Bytes it takes while it waits, about: its own, and two for each character.</summary>
    public int Size => Fixed + (sizeof(char) * (Method.Length + Target.Length + Cache.Length + RequestId.Length));
}
