using System.Diagnostics;
using System.Text.Json;
using Platform.Host.Caching;
using Platform.Host.Generations;
using Platform.Host.Pipeline;
using Platform.Host.Plugins;
using Platform.Host.Plugins.Unloading;
using Platform.Host.Transport;

namespace Platform.Host.Api;

/// <summary>/health: whether the server and its parts are well. Always 200 while it serves; <c>status</c> says <c>ok</c> or <c>degraded</c>.</summary>
public sealed class HealthHandler(PageStore store, UnloadLedger unloads, Func<long> droppedLogLines)
{
    private readonly long started = Stopwatch.GetTimestamp();

    /// <summary>Answers.</summary>
    public async Task InvokeAsync(PageContext page)
    {
        await PoolThread.Switch();
        if (!page.IsRead)
        {
            page.Http.Response.Headers.Allow = "GET, HEAD";
            await ProblemBody.WriteAsync(page, StatusCodes.Status405MethodNotAllowed, "method_not_allowed", $"{page.Method} is not known here; expected GET or HEAD.");
            return;
        }

        using var buffer = new PooledBuffer();
        // What is wrong in which file is for the log and the control socket; visitors learn how much.
        using (var writer = new Utf8JsonWriter(buffer)) Write(writer, page.Generation, withProblems: false);
        await JsonResponse.SendAsync(page, StatusCodes.Status200OK, buffer.Written);
    }

    /// <summary>Writes the state of everything.</summary>
    public void Write(Utf8JsonWriter writer, Generation generation, bool withProblems)
    {
        var plugins = generation.Plugins.Plugins;
        var redis = store.Redis;
        var isWell = generation.Problems.Count == 0 && plugins.All(p => p.State == "running") && redis?.IsUp != false;
        writer.WriteStartObject();
        writer.WriteString("status", isWell ? "ok" : "degraded");
        writer.WriteString("version", ContextDataMiddleware.Version);
        writer.WriteNumber("uptime_s", (long)Stopwatch.GetElapsedTime(started).TotalSeconds);
        writer.WriteNumber("generation", generation.Number);
        writer.WriteNumber("problem_count", generation.Problems.Count);
        if (withProblems)
        {
            writer.WriteStartArray("problems");
            foreach (var problem in generation.Problems) writer.WriteStringValue(problem.ToString());
            writer.WriteEndArray();
        }

        writer.WriteStartArray("plugins");
        foreach (var assembly in generation.Plugins.Assemblies)
        {
            foreach (var plugin in assembly.Plugins) Write(writer, plugin, assembly, withProblems);
        }

        writer.WriteEndArray();
        writer.WriteNumber("versions_held", unloads.Counts.Values.Sum(count => count.Leaked));
        writer.WriteStartObject("cache");
        writer.WriteBoolean("enabled", generation.Options.Cache.Enabled);
        writer.WriteString("strategy", generation.Options.Cache.Strategy.ToString().ToLowerInvariant());
        writer.WriteNumber("pages", store.Memory?.Count ?? 0);
        writer.WriteNumber("bytes", store.Memory?.Bytes ?? 0);
        writer.WriteNumber("max_bytes", store.Memory?.MaxBytes ?? 0);
        writer.WriteNumber("hits", store.Hits);
        writer.WriteNumber("misses", store.Misses);
        writer.WriteNumber("purges", store.PurgeCount);
        writer.WriteNumber("refused_frames", store.RefusedFrames);
        writer.WriteEndObject();
        writer.WriteStartObject("redis");
        writer.WriteString("state", redis is null ? "not configured" : redis.IsUp ? "up" : "down");
        if (withProblems && redis is { IsUp: false }) writer.WriteString("error", redis.LastError);
        writer.WriteEndObject();
        writer.WriteNumber("log_lines_dropped", droppedLogLines());
        writer.WriteEndObject();
    }

    private void Write(Utf8JsonWriter writer, LoadedPlugin plugin, PluginAssembly assembly, bool withProblems)
    {
        var (boundary, unloaded) = (plugin.Boundary, unloads.Of(assembly.Source.Name));
        writer.WriteStartObject();
        writer.WriteString("name", plugin.Name);
        writer.WriteString("version", plugin.Version);
        writer.WriteString("state", plugin.State);
        writer.WriteString("isolation", assembly.Runtime.Isolation.Name());
        writer.WriteNumber("calls", boundary.Calls);
        writer.WriteNumber("failures", boundary.Failures);
        if (boundary.LastFailure is { } failure) writer.WriteString("last_failure", withProblems ? failure.Message : failure.Kind.ToString());
        writer.WriteNumber("versions_unloaded", unloaded.Unloaded);
        writer.WriteNumber("versions_held", unloaded.Leaked);
        if (withProblems && unloaded.Leaked > 0)
        {
            writer.WriteStartArray("held_by");
            foreach (var holder in unloaded.Holders) writer.WriteStringValue(holder);
            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }
}
