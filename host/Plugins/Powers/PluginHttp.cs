using System.Collections.Concurrent;
using System.Threading.RateLimiting;
using Platform.Sdk;

namespace Platform.Host.Plugins.Powers;

/// <summary>A plugin's outbound calls: connections of its own, and for each host a breaker and a rate limit.</summary>
public sealed class PluginHttp(TimeProvider time) : IPluginHttp, IDisposable
{
    private const int MaxClients = 32;

    private readonly ConcurrentDictionary<HttpLimits, HttpClient> clients = new();
    private readonly Lock making = new();

    private readonly SocketsHttpHandler connections = new()
    {
        MaxAutomaticRedirections = 5,
        UseCookies = false,
        PooledConnectionLifetime = TimeSpan.FromMinutes(2),
        ConnectTimeout = TimeSpan.FromSeconds(10),
        // The id of the visitor's request is none of the outside world's affair.
        ActivityHeadersPropagator = null,
    };

    /// <inheritdoc/>
    public HttpClient Client(HttpLimits? limits = null)
    {
        var asked = limits ?? new HttpLimits();
        if (clients.TryGetValue(asked, out var known)) return known;
        Check(asked);
        lock (making)
        {
            if (clients.Count >= MaxClients) throw new InvalidOperationException($"{MaxClients} clients with different limits are there; expected few. Keep one and use it again.");
            return clients.GetOrAdd(asked, Make);
        }
    }

    /// <summary>Ends all calls.</summary>
    public void Dispose()
    {
        foreach (var client in clients.Values) client.Dispose();
        connections.Dispose();
    }

    private HttpClient Make(HttpLimits limits) => new(new Guard(limits, time, connections), disposeHandler: false)
    {
        Timeout = TimeSpan.FromMilliseconds(limits.TimeoutMs),
        MaxResponseContentBufferSize = limits.MaxResponseKb * 1024L,
    };

    private static void Check(HttpLimits limits)
    {
        Within(limits.RequestsPerSecond, 1, 10_000, nameof(limits.RequestsPerSecond));
        Within(limits.FailuresUntilOff, 1, 1000, nameof(limits.FailuresUntilOff));
        Within(limits.OffSeconds, 1, 3600, nameof(limits.OffSeconds));
        Within(limits.TimeoutMs, 10, 300_000, nameof(limits.TimeoutMs));
        Within(limits.MaxResponseKb, 1, 1_048_576, nameof(limits.MaxResponseKb));
    }

    private static void Within(int value, int min, int max, string name)
    {
        if (value < min || value > max) throw new ArgumentOutOfRangeException(name, value, $"Expected {min} to {max}.");
    }

    /// <summary>In front of each call: is the host's breaker closed, and is there rate left?</summary>
    private sealed class Guard(HttpLimits limits, TimeProvider time, HttpMessageHandler connections) : DelegatingHandler(connections)
    {
        private const int MaxHosts = 256;

        private readonly ConcurrentDictionary<string, (Breaker Breaker, TokenBucketRateLimiter Rate)> hosts = new(StringComparer.OrdinalIgnoreCase);

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var host = request.RequestUri is { IsAbsoluteUri: true } uri ? uri.Authority : "";
            var (breaker, rate) = hosts.GetOrAdd(host, Make);
            rate.TryReplenish();
            using var lease = rate.AttemptAcquire();
            if (!lease.IsAcquired) throw new HttpRequestException($"{host} was called {limits.RequestsPerSecond} times within a second, which is this client's limit; the call was not made.");
            if (!breaker.TryEnter()) throw new HttpRequestException($"{host} failed {limits.FailuresUntilOff} times in a row and is not called for {limits.OffSeconds} s; the call was not made.");
            try
            {
                var response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
                if ((int)response.StatusCode >= 500) breaker.Failed();
                else breaker.Succeeded();
                return response;
            }
            catch (Exception)
            {
                // A deadline that has passed is a failure too; that a caller had gone is rarely anything else.
                breaker.Failed();
                throw;
            }
        }

        private (Breaker Breaker, TokenBucketRateLimiter Rate) Make(string host)
        {
            if (hosts.Count >= MaxHosts) hosts.Clear();
            var period = Math.Max(0.1, 1.0 / limits.RequestsPerSecond);
            var rate = new TokenBucketRateLimiter(new TokenBucketRateLimiterOptions
            {
                AutoReplenishment = false,
                QueueLimit = 0,
                ReplenishmentPeriod = TimeSpan.FromSeconds(period),
                TokenLimit = limits.RequestsPerSecond,
                TokensPerPeriod = Math.Max(1, (int)(limits.RequestsPerSecond * period)),
            });
            return (new Breaker(limits.FailuresUntilOff, TimeSpan.FromSeconds(limits.OffSeconds), time), rate);
        }
    }
}
