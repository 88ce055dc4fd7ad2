using System.Buffers;
using Platform.Sdk;
using Platform.Templating;

namespace Platform.Host.Themes.Native;

/// <summary>One page; the response's nonce goes along as what helpers see of it.</summary>
internal sealed class NativeTemplate(Template template) : ITemplate
{
    public string File => template.File;

    public void Render(DataMap model, IBufferWriter<byte> output, RenderLimits limits, RenderNotes? notes = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(output);
        try
        {
            template.Render(model, output, new(limits.Timeout, limits.MaxOutputBytes, limits.MaxSteps), notes);
        }
        catch (Templating.TemplateException error)
        {
            throw NativeErrors.Explain(error);
        }
    }
}
