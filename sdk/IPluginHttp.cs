namespace Platform.Sdk;

/// <summary>HTTP clients for a plugin's outbound calls. Each host a plugin calls has a breaker and a rate limit, so that a service that is down or slow costs one failed call and not a page each time.</summary>
public interface IPluginHttp
{
    /// <summary>A client that lasts as long as the plugin: don't dispose it. Follows no more than 5 redirects, keeps no cookies.</summary>
    /// <param name="limits">Its limits; null: the defaults.</param>
    /// <remarks>Where the breaker of a host is open or its rate is used up, a call fails at once with an <see cref="HttpRequestException"/> that says so.</remarks>
    HttpClient Client(HttpLimits? limits = null);
}

/// <summary>What the outbound calls of one client may do, to each host.</summary>
/// <param name="RequestsPerSecond">1 to 10,000; as many may come at once.</param>
/// <param name="FailuresUntilOff">Failures in a row (no answer, or 500 and above) after which the host is not called for a while; 1 to 1,000.</param>
/// <param name="OffSeconds">For how long; 1 to 3,600 s. Then one call tries it again.</param>
/// <param name="TimeoutMs">A call's deadline, with redirects and the body; 10 to 300,000 ms.</param>
/// <param name="MaxResponseKb">The largest body that is read into memory; 1 to 1,048,576 KB.</param>
public sealed record HttpLimits(int RequestsPerSecond = 50, int FailuresUntilOff = 5, int OffSeconds = 10, int TimeoutMs = 10_000, int MaxResponseKb = 4096);
