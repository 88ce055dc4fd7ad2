using System.Buffers;
using Platform.Sdk;

namespace Platform.Host.Themes;

/// <summary>A compiled template; safe for concurrent use.</summary>
public interface ITemplate
{
    /// <summary>The file, from the site root.</summary>
    string File { get; }

    /// <summary>Writes the page as UTF-8. After an exception the output holds a part of the page: throw it away.</summary>
    /// <exception cref="TemplateException">The only exception: whatever goes wrong, with its place.</exception>
    /// <param name="model">The data.</param>
    /// <param name="output">Where the page goes.</param>
    /// <param name="limits">What it may cost.</param>
    /// <param name="notes">What helpers ask for and leave behind; null where nobody wants to know.</param>
    void Render(DataMap model, IBufferWriter<byte> output, RenderLimits limits, RenderNotes? notes = null);
}

/// <summary>What one rendering may cost.</summary>
/// <param name="Timeout">From the call of <see cref="ITemplate.Render"/>.</param>
/// <param name="MaxOutputBytes">Of the UTF-8 output.</param>
/// <param name="MaxSteps">A step is a tag or text that is rendered; only the platform's engine counts them.</param>
public readonly record struct RenderLimits(TimeSpan Timeout, long MaxOutputBytes, int MaxSteps = 1_000_000)
{
    /// <summary>500 ms, 8 MB and a million steps: the defaults of <c>templates.render_timeout_ms</c>, <c>max_output_kb</c> and <c>max_steps</c>.</summary>
    public static RenderLimits Default { get; } = new(TimeSpan.FromMilliseconds(500), 8192 * 1024);
}
