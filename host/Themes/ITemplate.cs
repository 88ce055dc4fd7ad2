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
    void Render(DataMap model, IBufferWriter<byte> output, RenderLimits limits);
}

/// <summary>What one rendering may cost.</summary>
/// <param name="Timeout">From the call of <see cref="ITemplate.Render"/>.</param>
/// <param name="MaxOutputBytes">Of the UTF-8 output.</param>
public readonly record struct RenderLimits(TimeSpan Timeout, long MaxOutputBytes)
{
    /// <summary>500 ms and 8 MB, the defaults of <c>templates.render_timeout_ms</c> and <c>templates.max_output_kb</c>.</summary>
    public static RenderLimits Default { get; } = new(TimeSpan.FromMilliseconds(500), 8192 * 1024);
}
