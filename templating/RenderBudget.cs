namespace Platform.Templating;

/// <summary>What one rendering may cost.</summary>
/// <param name="Timeout">Of one rendering.</param>
/// <param name="MaxOutputBytes">Of the UTF-8 output.</param>
/// <param name="MaxSteps">A step is one tag or text that is rendered, or one value that a helper looks at.</param>
public readonly record struct RenderBudget(TimeSpan Timeout, long MaxOutputBytes, int MaxSteps)
{
    /// <summary>The most that partials may be nested in a rendering.</summary>
    public const int MaxPartialDepth = 32;

    /// <summary>The most that blocks and subexpressions of one template may be nested.</summary>
    public const int MaxNesting = 64;

    /// <summary>500 ms, 8 MB and a million steps.</summary>
    public static RenderBudget Default { get; } = new(TimeSpan.FromMilliseconds(500), 8L * 1024 * 1024, 1_000_000);
}
