using Platform.Host.Configuration;

namespace Platform.Host.Plugins.Isolation.Frames;

/// <summary>What one answer may hold.</summary>
/// <param name="MaxDepth">Levels of lists and maps.</param>
/// <param name="MaxValues">Values in it.</param>
/// <param name="MaxBytes">Bytes of its frame, beside what every frame may have.</param>
public sealed record FrameLimits(int MaxDepth = 32, int MaxValues = 100_000, int MaxBytes = 4096 * 1024)
{
    /// <summary>A character takes up to three bytes, and what is no text some: the same answer is taken as from a plugin in the server's process, which is measured there and here.</summary>
    public static FrameLimits For(ResultLimits limits) => new(limits.MaxDepth, limits.MaxValues, (limits.MaxKb * 3 * 1024) + (limits.MaxValues * 16));

    /// <summary>What a frame may have beside the data it brings.</summary>
    public const int Beside = 64 * 1024;

    /// <summary>The largest frame that goes to a child.</summary>
    public const int ToChild = 16 * 1024 * 1024;

    /// <summary>The largest frame that may come.</summary>
    public int MaxFrame => MaxBytes + Beside;
}
