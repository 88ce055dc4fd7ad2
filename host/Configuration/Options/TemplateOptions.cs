namespace Platform.Host.Configuration;

/// <summary>What renders templates.</summary>
public enum TemplateEngine
{
    /// <summary>The platform's own.</summary>
    Platform,

    /// <summary>Handlebars.Net.</summary>
    HandlebarsNet,
}

/// <summary>The section <c>templates</c>: how templates are rendered.</summary>
public sealed record TemplateOptions
{
    /// <summary><c>engine</c>: platform or handlebars.net. Default: platform.</summary>
    public TemplateEngine Engine { get; init; }

    /// <summary><c>render_timeout_ms</c>: how long one rendering may take before it becomes an error page, 10 to 60,000 ms. Default: 500 ms.</summary>
    public TimeSpan RenderTimeout { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary><c>max_output_kb</c>: the largest page in bytes; 1 to 65,536 KB. Default: 8,192 KB.</summary>
    public long MaxOutputBytes { get; init; } = 8192L * 1024;

    /// <summary><c>max_steps</c>: how much one rendering may do, a step being a tag or text that is rendered; 1,000 to 100,000,000. Only the platform's engine counts them. Default: 1,000,000.</summary>
    public int MaxSteps { get; init; } = 1_000_000;

    internal static TemplateOptions Read(SectionReader section)
    {
        var fallback = new TemplateOptions();
        var options = new TemplateOptions
        {
            Engine = section.Choice("engine", fallback.Engine, ("platform", TemplateEngine.Platform), ("handlebars.net", TemplateEngine.HandlebarsNet)),
            RenderTimeout = TimeSpan.FromMilliseconds(section.Number("render_timeout_ms", (int)fallback.RenderTimeout.TotalMilliseconds, 10, 60_000, "milliseconds")),
            MaxOutputBytes = section.Number("max_output_kb", (int)(fallback.MaxOutputBytes >> 10), 1, 65_536, "kilobytes") * 1024L,
            MaxSteps = section.Number("max_steps", fallback.MaxSteps, 1_000, 100_000_000, "steps"),
        };
        section.Close();
        return options;
    }
}
