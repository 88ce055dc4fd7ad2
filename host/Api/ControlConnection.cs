namespace Platform.Host.Api;

/// <summary>Marks a connection that came in by the control socket.</summary>
public sealed class ControlConnection
{
    private ControlConnection()
    {
    }

    /// <summary>The mark.</summary>
    public static ControlConnection Instance { get; } = new();
}
