using Platform.Host.Transport;

namespace Platform.Host.Plugins;

/// <summary>
/// Where a plugin's failures end. Every call runs on a thread that may wait, in a turn of its own, with a place (bulkhead), a deadline
/// and a breaker; whatever happens in it comes back as a <see cref="PluginOutcome{T}"/>, never as an exception.
/// </summary>
public sealed class PluginBoundary(string name, PluginLimits limits, PluginWatchdog watchdog, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan HungMemory = TimeSpan.FromSeconds(10);

    private readonly Breaker pages = new(limits.FailuresUntilOff, limits.Off, time);

    /// <summary>One of its own: what any visitor can send to an API must not cost the pages their data.</summary>
    private readonly Breaker api = new(limits.FailuresUntilOff, limits.Off, time);

    private readonly PluginPlaces places = new(limits.Concurrency);
    private readonly HelperCalls helpers = new();
    private long calls;
    private long failures;
    private long hungUntil = long.MinValue;
    private long lastLogged;
    private int unlogged;
    private PluginFailure? lastFailure;

    /// <summary>The plugin's name.</summary>
    public string Name => name;

    /// <summary>What the plugin may cost.</summary>
    public PluginLimits Limits => limits;

    /// <summary>Calls since the start.</summary>
    public long Calls => Volatile.Read(ref calls);

    /// <summary>Calls that failed since the start.</summary>
    public long Failures => Volatile.Read(ref failures);

    /// <summary>The newest failure.</summary>
    public PluginFailure? LastFailure => Volatile.Read(ref lastFailure);

    /// <summary>True while the plugin is switched off.</summary>
    public bool IsOff => pages.IsOff || api.IsOff;

    /// <summary>True where every place is held by a call that was given up: nobody waits for one.</summary>
    public bool IsHung => places.Hung == limits.Concurrency;

    /// <summary>
    /// True where half of the places are held by calls that were given up, or were a moment ago: who waited for one of the rest would
    /// wait for the deadline, and his page with him. A process that was started anew has its places free, and hangs as soon.
    /// </summary>
    private bool IsMostlyHung => places.Hung * 2 >= limits.Concurrency || time.GetTimestamp() < Volatile.Read(ref hungUntil);

    /// <summary>Calls that have not come back, answered or given up.</summary>
    internal ReadOnlySpan<PluginCall?> Running => places.Taken;

    /// <summary>True while its process is not there: who waits for it in vain has met no fault of the plugin.</summary>
    internal Func<bool> IsAway { get; set; } = static () => false;

    /// <summary>Why calls are not made at all; null where they are.</summary>
    internal Func<string?> Refusal { get; set; } = static () => null;

    /// <summary>Set when the plugin is out of service.</summary>
    internal bool IsReleased { get; set; }

    /// <summary>True where no call is under way.</summary>
    public bool IsIdle => places.AreFree && helpers.AreFree;

    /// <summary>Calls the plugin.</summary>
    public async ValueTask<PluginOutcome<T>> CallAsync<T>(CallKind kind, Func<CancellationToken, ValueTask<T?>> work)
        where T : class
    {
        if (Refusal() is { } refusal)
        {
            // One that hung and is left alone is known as well as before once it is back.
            if (Volatile.Read(ref hungUntil) != long.MinValue) RememberHung();
            return Fail<T>(kind, new(PluginFailureKind.Crashed, refusal));
        }

        var breaker = BreakerOf(kind);
        if (!breaker.TryEnter()) return Off<T>();
        var call = new PluginCall<T>(this, kind, limits.DeadlineOf(kind), work, time);
        if (places.Enter(call, mayWait: !IsMostlyHung) is not { } hasPlace) return Hung<T>(kind);
        // Not before it has its place: one that is idle and out of service is watched no more.
        watchdog.Watch(this);
        if (hasPlace) PoolThread.Queue(call);
        var outcome = await call.Completion;
        if (outcome.Failure is { Kind: PluginFailureKind.Off }) return outcome;
        if (outcome.Failure is { } failure) return Fail<T>(kind, failure);
        breaker.Succeeded();
        return outcome;
    }

    /// <summary>A call has its place and a thread.</summary>
    /// <returns>False where the plugin was switched off while it waited.</returns>
    internal bool TryBegin(PluginCall call)
    {
        if (call.HasWaited && BreakerOf(call.Kind).IsOff) return false;
        Interlocked.Increment(ref calls);
        return true;
    }

    /// <summary>Switches off a helper of which half as many calls as the plugin has places did not come back in time.</summary>
    internal Breaker ForHelper() => new(Math.Max(1, limits.Concurrency / 2), limits.Off, time);

    /// <summary>A helper begins; null where too many are at work.</summary>
    internal HelperCalls.Slot? Enter(PluginHelper helper)
    {
        var slot = helpers.Enter(helper);
        watchdog.Watch(this);
        return slot;
    }

    /// <summary>Gives up helpers past their deadline.</summary>
    /// <returns>How many are slow.</returns>
    internal int LookAtHelpers(TimeSpan slow) => helpers.Look(slow, limits.Timeout);

    /// <summary>Ends the waiting of those calls that have waited for a place as long as they may.</summary>
    internal void EndWaiting()
    {
        foreach (var call in places.Expired()) call.EndWaiting();
    }

    /// <summary>A call was given up.</summary>
    internal void GaveUp()
    {
        if (places.Hung * 2 >= limits.Concurrency) RememberHung();
    }

    private void RememberHung() => Volatile.Write(ref hungUntil, time.GetTimestamp() + (long)(HungMemory.TotalSeconds * time.TimestampFrequency));

    internal void Leave(PluginCall call)
    {
        if (places.Leave(call) is { } next) ThreadPool.UnsafeQueueUserWorkItem(next, preferLocal: true);
    }

    internal PluginOutcome<T> Off<T>()
        where T : class => new(null, new(PluginFailureKind.Off, $"switched off after {limits.FailuresUntilOff} failures in a row; the last: {LastFailure?.Message}"));

    private PluginOutcome<T> Hung<T>(CallKind kind)
        where T : class => Fail<T>(kind, new(PluginFailureKind.Hung, $"all {limits.Concurrency} places are taken, most by calls that never came back"));

    /// <summary>
    /// Counts and tells a failure that has ended where it happened, a helper's. It switches nothing off: a helper costs only
    /// the page that calls it, and all other pages would lose the plugin's data.
    /// </summary>
    internal void Record(string what, PluginFailure failure)
    {
        Count(failure);
        Tell(what, failure);
    }

    private Breaker BreakerOf(CallKind kind) => kind == CallKind.Api ? api : pages;

    private void Count(PluginFailure failure)
    {
        Interlocked.Increment(ref failures);
        Volatile.Write(ref lastFailure, failure);
    }

    private PluginOutcome<T> Fail<T>(CallKind kind, PluginFailure failure)
        where T : class
    {
        Count(failure);
        // Being full is load, not a fault of the plugin; one that hangs is known to; and crashes are counted by whoever starts its process again.
        var counts = failure.Kind is PluginFailureKind.Threw || (failure.Kind is PluginFailureKind.TimedOut && !IsAway());
        var switchedOff = counts && BreakerOf(kind).Failed();
        if (switchedOff) logger.LogError("plugin {Plugin}: {What} failed {Count} times in a row and is switched off for {Seconds} s: {Message}", name, kind.Name(), limits.FailuresUntilOff, limits.Off.TotalSeconds, failure.Message);
        else Tell(kind.Name(), failure);
        return new(null, failure);
    }

    private void Tell(string what, PluginFailure failure)
    {
        var (now, last) = (time.GetTimestamp(), Volatile.Read(ref lastLogged));
        if (time.GetElapsedTime(last, now) > TimeSpan.FromSeconds(1) && Interlocked.CompareExchange(ref lastLogged, now, last) == last)
        {
            var more = Interlocked.Exchange(ref unlogged, 0);
            logger.LogWarning(failure.Exception, "plugin {Plugin}: {What} failed: {Message}{More}", name, what, failure.Message, more > 0 ? $"; and {more} failures since the last line" : "");
        }
        else
        {
            Interlocked.Increment(ref unlogged);
        }
    }
}
