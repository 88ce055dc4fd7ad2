namespace Platform.Host.Pipeline;

/// <summary>Where access lines go.</summary>
public interface IAccessOutput
{
    /// <summary>Writes whole lines. Called by one thread; may take its time.</summary>
    void Write(ReadOnlySpan<byte> lines);
}

/// <summary>The console; its other writers never get in between.</summary>
public sealed class ConsoleOutput : IAccessOutput
{
    private readonly Stream stream = Console.OpenStandardOutput();

    /// <inheritdoc/>
    public void Write(ReadOnlySpan<byte> lines)
    {
        // The lock that the console's own writer takes for each text.
        lock (Console.Out) stream.Write(lines);
    }
}
