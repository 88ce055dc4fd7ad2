using Platform.Sdk;
using Platform.Templating;

namespace Platform.Host.Plugins;

/// <summary>The block of a plugin's helper. What the plugin hands to it is made part of the closed value model before a template sees it.</summary>
internal sealed class PluginBlock(HelperBlock block, HelperCalls.Slot slot, IReadOnlyList<object?> arguments, IReadOnlyDictionary<string, object?>? named, object? context)
    : TemplateBlock(arguments, named, context)
{
    public override bool HasElse => block.HasElse;

    public override int Parameters => block.Parameters;

    /// <summary>True once the block itself has failed: that is no failure of the plugin, whatever the plugin makes of it.</summary>
    public bool HasFailed { get; private set; }

    public override void Render(object? context, IReadOnlyDictionary<string, object?>? variables = null, params ReadOnlySpan<object?> parameters)
    {
        var (value, data, values) = (Value(context), Map(variables), Values(parameters));
        Guarded(() => block.Render(value, data, values));
    }

    public override void RenderElse(object? context)
    {
        var value = Value(context);
        Guarded(() => block.RenderElse(value));
    }

    public override string Capture(object? context, IReadOnlyDictionary<string, object?>? variables = null, params ReadOnlySpan<object?> parameters)
    {
        var (value, data, values) = (Value(context), Map(variables), Values(parameters));
        var html = "";
        Guarded(() => html = block.Capture(value, data, values));
        return html;
    }

    public override void Write(string html)
    {
        ArgumentNullException.ThrowIfNull(html);
        Guarded(() => block.Write(html));
    }

    private void Guarded(Action render)
    {
        slot.Rest();
        try
        {
            render();
        }
        catch (Exception exception) when (exception is not InvalidOperationException)
        {
            HasFailed = true;
            throw;
        }
        finally
        {
            slot.GoOn();
        }
    }

    // What came from the template goes back as it is; anything else might be of the plugin's own making.
    private object? Value(object? value)
    {
        if (ReferenceEquals(value, Context)) return value is Html same ? new SafeString(same.Text) : value;
        return value is Html html ? new SafeString(html.Text) : new DataMap { ["value"] = value }["value"];
    }

    private static DataMap? Map(IReadOnlyDictionary<string, object?>? variables) => variables is null ? null : new(variables);

    private object?[] Values(ReadOnlySpan<object?> values)
    {
        var taken = new object?[values.Length];
        for (var i = 0; i < taken.Length; i++) taken[i] = Value(values[i]);
        return taken;
    }
}
