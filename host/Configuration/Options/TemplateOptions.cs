namespace Platform.Host.Configuration;

/// <summary>What renders templates.</summary>
public enum TemplateEngine
{
    /// <summary>Handlebars.Net.</summary>
    HandlebarsNet,
}

/// <summary>The section <c>templates</c>: how templates are rendered.</summary>
public sealed record TemplateOptions
{
    /// <summary><c>engine</c>: handlebars.net. Default: handlebars.net.</summary>
    public TemplateEngine Engine { get; init; }

    /// <summary><c>render_timeout_ms</c>: how long one rendering may take before it becomes an error page, 10 to 60,000 ms. Default: 500 ms.</summary>
    public TimeSpan RenderTimeout { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary><c>max_output_kb</c>: the largest page in bytes; 1 to 65,536 KB. Default: 8,192 KB.</summary>
    public long MaxOutputBytes { get; init; } = 8192L * 1024;

    internal static TemplateOptions Read(SectionReader section)
    {
        var fallback = new TemplateOptions();
        var options = new TemplateOptions
        {
            Engine = section.Choice("engine", fallback.Engine, ("handlebars.net", TemplateEngine.HandlebarsNet)),
            RenderTimeout = TimeSpan.FromMilliseconds(section.Number("render_timeout_ms", (int)fallback.RenderTimeout.TotalMilliseconds, 10, 60_000, "milliseconds")),
            MaxOutputBytes = section.Number("max_output_kb", (int)(fallback.MaxOutputBytes >> 10), 1, 65_536, "kilobytes") * 1024L,
        };
        section.Close();
        return options;
    }
}
