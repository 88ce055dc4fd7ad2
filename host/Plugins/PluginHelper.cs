using Platform.Sdk;
using Platform.Templating;

namespace Platform.Host.Plugins;

/// <summary>
/// A plugin's helper as the template engine calls it: values of the closed model in and out, and every failure as text
/// with the plugin's name. It runs on the thread that renders: a page asks for hundreds of values, and none can wait.
/// One that does not come back is given up with its page; once several have not, it is not called for a while.
/// </summary>
internal sealed class PluginHelper(TemplateHelper helper, PluginBoundary boundary)
{
    /// <summary>A failure that took so long costs more than its page: the thread that renders has waited for it.</summary>
    private const int SlowFailureMs = 100;

    private readonly Breaker breaker = boundary.ForHelper();
    private int hung;

    /// <summary>What templates are compiled against.</summary>
    public Helper Helper => field ??= new(helper.Name, Call);

    /// <summary>A call is past its deadline.</summary>
    /// <param name="turn">The rendering it was called in; null where nobody can be let go.</param>
    internal void GaveUp(HelperTurn? turn)
    {
        Interlocked.Increment(ref hung);
        breaker.Failed();
        var failure = new PluginFailure(PluginFailureKind.TimedOut, $"no answer within {boundary.Limits.Timeout.TotalMilliseconds:0} ms");
        boundary.Record($"the helper {helper.Name}", failure);
        turn?.GiveUp($"{helper.Name}: plugin {boundary.Name}: {failure.Message}");
    }

    private object? Call(in HelperCall call)
    {
        if (Volatile.Read(ref hung) >= boundary.Limits.Concurrency || !breaker.TryEnter()) throw new HelperException($"plugin {boundary.Name}: not called: its calls before this one did not come back in time");
        var slot = boundary.Enter(this) ?? throw new HelperException($"plugin {boundary.Name}: not called: too many of its helpers are at work, most of which do not come back");
        object? value;
        var isLate = false;
        try
        {
            value = Invoke(call, slot);
            breaker.Succeeded();
        }
        catch (HelperException) when (!slot.IsGivenUp && slot.Age >= SlowFailureMs)
        {
            breaker.Failed();
            throw;
        }
        finally
        {
            isLate = slot.Leave();
            if (isLate) Interlocked.Decrement(ref hung);
        }

        return isLate ? throw new HelperException($"plugin {boundary.Name}: came back too late") : value;
    }

    private object? Invoke(in HelperCall call, HelperCalls.Slot slot)
    {
        if (call.IsBlock != helper.IsBlock) throw new HelperException(helper.IsBlock ? $"is a block of the plugin {boundary.Name}. Write {{{{#{helper.Name} …}}}}…{{{{/{helper.Name}}}}}." : $"is no block; the plugin {boundary.Name} gives a value. Write {{{{{helper.Name} …}}}} or ({helper.Name} …).");
        PluginBlock? block = null;
        try
        {
            var (arguments, named, context) = (Arguments(call), Named(call.Hash), Given(call.Context));
            if (!helper.IsBlock) return Taken(helper.Invoke(new TemplateCall(arguments, named, context)));
            block = new(call.Block!, slot, arguments, named, context);
            return helper.Invoke(block);
        }
        catch (Exception) when (block is { HasFailed: true })
        {
            // The engine throws the block's own failure anew, whatever the plugin has made of it.
            return null;
        }
        catch (Exception exception)
        {
            throw Failure(exception, isTold: slot.IsGivenUp);
        }
    }

    /// <summary>A complaint about the call is the template's mistake; anything else is the plugin's.</summary>
    private HelperException Failure(Exception exception, bool isTold)
    {
        if (exception.GetType() == typeof(ArgumentException)) return new($"plugin {boundary.Name}: {exception.Message}");
        var failure = PluginFailure.Of(exception);
        if (!isTold) boundary.Record($"the helper {helper.Name}", failure);
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
