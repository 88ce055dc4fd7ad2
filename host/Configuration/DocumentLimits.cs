namespace Platform.Host.Configuration;

/// <summary>How much of a file is read before it is refused, so that no file can cost the server its memory or stack.</summary>
/// <param name="MaxBytes">The file's size.</param>
/// <param name="MaxDepth">Lists and maps within each other.</param>
/// <param name="MaxNodes">Values in all.</param>
public sealed record DocumentLimits(int MaxBytes, int MaxDepth, int MaxNodes)
{
    /// <summary>config.yaml and plugin.yaml: 1 MB, 32 levels, 10,000 values.</summary>
    public static DocumentLimits Configuration { get; } = new(1 << 20, 32, 10_000);

    /// <summary>routes.json: 8 MB, 32 levels, 200,000 values, which is room for some 20,000 routes.</summary>
    public static DocumentLimits Routes { get; } = new(8 << 20, 32, 200_000);
}
