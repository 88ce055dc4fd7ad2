using Serilog.Sinks.Async;

namespace Platform.Host.Commands;

/// <summary>Knows how many lines the log's queue dropped.</summary>
public sealed class LogQueue : IAsyncLogEventSinkMonitor
{
    private IAsyncLogEventSinkInspector? inspected;

    /// <summary>Lines dropped so far.</summary>
    public long Dropped => inspected?.DroppedMessagesCount ?? 0;

    /// <inheritdoc/>
    public void StartMonitoring(IAsyncLogEventSinkInspector inspector) => inspected = inspector;

    /// <inheritdoc/>
    public void StopMonitoring(IAsyncLogEventSinkInspector inspector)
    {
        // What it counted is still asked for.
    }
}
