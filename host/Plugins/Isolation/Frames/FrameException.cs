namespace Platform.Host.Plugins.Isolation.Frames;

/// <summary>A frame that can't be understood, and why.</summary>
public sealed class FrameException(string message, bool isLimit = false) : Exception(message)
{
    /// <summary>True where the frame is as it should be, and only says too much: no sign of a broken plugin.</summary>
    public bool IsLimit => isLimit;
}
