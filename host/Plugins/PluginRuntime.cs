using Platform.Sdk;

namespace Platform.Host.Plugins;

/// <summary>The code of one assembly's plugins, or one command's, where it runs: started and stopped as one. To the rest of the server a plugin is an <see cref="IPlugin"/>, wherever that is.</summary>
public abstract class PluginRuntime
{
    /// <summary>Where that is.</summary>
    public abstract PluginIsolation Isolation { get; }

    /// <summary>The version of the code; known once it is loaded.</summary>
    public abstract string Version { get; }

    /// <summary>A hash of the assembly that was read, where it was read into memory: its file may have been replaced since. Null: that of the file stands for it.</summary>
    public virtual string? CodeHash => null;

    /// <summary>What is the matter with it, in a word for /health; null while it runs.</summary>
    public virtual string? State => null;

    /// <summary>Why calls of its plugins fail at once, without being made; null where they are made.</summary>
    public virtual string? Refusal => null;

    /// <summary>Loads the code and makes its plugins; their names are known then, none is initialized.</summary>
    /// <exception cref="PluginStartException">Why it can't be, in the host's own words; foreign exceptions come too.</exception>
    public abstract Task<IReadOnlyList<IPlugin>> LoadAsync(CancellationToken cancel);

    /// <summary>What one of its plugins has, asked after its <c>InitAsync</c>.</summary>
    public abstract PluginFacts FactsOf(IPlugin plugin);

    /// <summary>Ends the code once its plugins are disposed and nobody calls them; never throws.</summary>
    public abstract Task StopAsync();
}
