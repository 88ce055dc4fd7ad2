namespace Platform.Host.Plugins.Isolation;

/// <summary>What went wrong at the other end, in the words it came with.</summary>
public sealed class RemoteException(string message, string? detail = null) : Exception(message)
{
    /// <summary>True where there is no process: it ended in the midst of the call, or is not there yet.</summary>
    internal bool IsEnd { get; init; }

    /// <inheritdoc/>
    public override string ToString() => detail ?? Message;
}
