using Platform.Host.Configuration;

namespace Platform.Host.Plugins.Isolation.Processes;

/// <summary>
/// Processes that have started and hold no plugin yet: the place of one that ends is taken in the time its plugins need to start,
/// without that of the runtime. There is one for each <see cref="ChildLimits"/> of plugins in service, for those hold from its start.
/// </summary>
internal sealed class SpareProcesses(ILogger logger)
{
    private readonly Lock change = new();
    private readonly Dictionary<ChildLimits, Place> places = [];

    /// <summary>Has one ready soon, until the last for whom one is kept leaves.</summary>
    internal void Keep(ChildPlan plan, KeptProcess whom)
    {
        if (!plan.Limits.Spare || plan.Command.Count > 0) return;
        lock (change)
        {
            if (!places.TryGetValue(plan.Limits, out var place)) places[plan.Limits] = place = new();
            place.Users.Add(whom);
            place.Next ??= Start(plan, place.Leaving.Token);
        }
    }

    /// <summary>Fills the place again where one was taken in vain.</summary>
    internal void Fill(ChildPlan plan)
    {
        lock (change)
        {
            if (places.TryGetValue(plan.Limits, out var place)) place.Next ??= Start(plan, place.Leaving.Token);
        }
    }

    /// <summary>Keeps none any more for somebody, and ends the one that was for nobody else.</summary>
    internal async Task LeaveAsync(ChildPlan plan, KeptProcess whom)
    {
        Place? left;
        lock (change)
        {
            if (!places.TryGetValue(plan.Limits, out left) || !left.Users.Remove(whom) || left.Users.Count > 0) return;
            places.Remove(plan.Limits);
        }

        await left.Leaving.CancelAsync();
        if (left.Next is { } next) (await next)?.Dispose();
    }

    /// <summary>Hands over the one that is ready, or waits for one that is about to be; null where there is none.</summary>
    internal ChildProcess? Take(ChildPlan plan, Action<string> output)
    {
        Task<ChildProcess?>? next = null;
        lock (change)
        {
            if (plan.Command.Count == 0 && places.TryGetValue(plan.Limits, out var place)) (next, place.Next) = (place.Next, null);
        }

        if (next?.GetAwaiter().GetResult() is not { } taken) return null;
        if (!taken.IsThere)
        {
            taken.Dispose();
            return null;
        }

        taken.PrintTo(output);
        return taken;
    }

    private Task<ChildProcess?> Start(ChildPlan plan, CancellationToken cancel)
    {
        var started = new TaskCompletionSource<ChildProcess?>(TaskCreationOptions.RunContinuationsAsynchronously);
        new Thread(() => started.SetResult(StartNow(plan, cancel))) { IsBackground = true, Name = "plugin spare" }.Start();
        return started.Task;
    }

    private ChildProcess? StartNow(ChildPlan plan, CancellationToken cancel)
    {
        try
        {
            return ChildProcess.Start(plan, line => logger.LogWarning("a process kept ready for plugins: {Line}", line), cancel);
        }
        catch (Exception exception)
        {
            if (!cancel.IsCancellationRequested) logger.LogWarning("no process can be kept ready for plugins: {Reason}", PluginException.MessageOf(exception));
            return null;
        }
    }

    private sealed class Place
    {
        public HashSet<KeptProcess> Users { get; } = [];

        public CancellationTokenSource Leaving { get; } = new();

        public Task<ChildProcess?>? Next { get; set; }
    }
}
