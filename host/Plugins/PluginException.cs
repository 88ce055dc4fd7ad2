using Platform.Host.Plugins.Isolation;

namespace Platform.Host.Plugins;

/// <summary>What a plugin threw, as text: its own type would keep its load context alive in a log or in /health, and may throw again when it is asked for its message.</summary>
public sealed class PluginException(string text) : Exception(text)
{
    /// <summary>The message of any exception, on one line.</summary>
    public static string MessageOf(Exception exception) => exception is RemoteException or PluginStartException ? exception.Message : Ask(() => $"{exception.GetType().Name}: {exception.Message.ReplaceLineEndings(" ")}");

    /// <summary>The whole of any exception.</summary>
    public static PluginException Of(Exception exception) => new(Ask(exception.ToString));

    /// <inheritdoc/>
    public override string ToString() => Message;

    private static string Ask(Func<string> text)
    {
        try
        {
            return text();
        }
        catch (Exception)
        {
            return "an exception that fails to say what it is";
        }
    }
}
