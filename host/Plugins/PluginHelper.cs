using Platform.Sdk;
using Platform.Templating;

namespace Platform.Host.Plugins;

/// <summary>
/// A plugin's helper as the template engine calls it: values of the closed model in and out, and every failure as text
/// with the plugin's name. It runs on the thread that renders: a page asks for hundreds of values, and none can wait.
/// </summary>
internal sealed class PluginHelper(TemplateHelper helper, PluginBoundary boundary)
{
    /// <summary>What templates are compiled against.</summary>
    public Helper Helper => field ??= new(helper.Name, Call);

    private object? Call(in HelperCall call)
    {
        if (call.IsBlock != helper.IsBlock) throw new HelperException(helper.IsBlock ? $"is a block of the plugin {boundary.Name}. Write {{{{#{helper.Name} …}}}}…{{{{/{helper.Name}}}}}." : $"is no block; the plugin {boundary.Name} gives a value. Write {{{{{helper.Name} …}}}} or ({helper.Name} …).");
        PluginBlock? block = null;
        try
        {
            var (arguments, named, context) = (Arguments(call), Named(call.Hash), Given(call.Context));
            if (!helper.IsBlock) return Taken(helper.Invoke(new TemplateCall(arguments, named, context)));
            block = new(call.Block!, arguments, named, context);
            return helper.Invoke(block);
        }
        catch (Exception) when (block is { HasFailed: true })
        {
            // The engine throws the block's own failure anew, whatever the plugin has made of it.
            return null;
        }
        catch (Exception exception)
        {
            throw Failure(exception);
        }
    }

    /// <summary>A complaint about the call is the template's mistake; anything else is the plugin's.</summary>
    private HelperException Failure(Exception exception)
    {
        if (exception.GetType() == typeof(ArgumentException)) return new($"plugin {boundary.Name}: {exception.Message}");
        var failure = PluginFailure.Of(exception);
        boundary.Record($"the helper {helper.Name}", failure);
        return new($"plugin {boundary.Name}: {failure.Message}");
    }

    private static object?[] Arguments(in HelperCall call)
    {
        var arguments = new object?[call.Arguments.Length];
        for (var i = 0; i < arguments.Length; i++) arguments[i] = Given(call.Arguments[i]);
        return arguments;
    }

    private static Dictionary<string, object?>? Named(in HelperHash hash)
    {
        if (hash.Count == 0) return null;
        var named = new Dictionary<string, object?>(hash.Count, StringComparer.Ordinal);
        for (var i = 0; i < hash.Count; i++) named[hash.NameAt(i)] = Given(hash.ValueAt(i));
        return named;
    }

    private static object? Given(object? value) => value is SafeString safe ? new Html(safe.Value) : value;

    private static object? Taken(object? value) => value is Html html ? new SafeString(html.Text) : value;
}
