global using System;
global using System.Collections.Generic;
global using System.Globalization;
global using System.IO;
global using System.Linq;
global using System.Threading;
global using System.Threading.Tasks;
global using Platform.Sdk;

[assembly: System.Reflection.AssemblyVersion("1.0.0.0")]
[assembly: System.Reflection.AssemblyInformationalVersion("1.0.0")]
[assembly: System.Runtime.Versioning.TargetFramework(".NETCoreApp,Version=v10.0")]

/// <summary>A plugin that behaves until the page <c>misbehave</c> is asked for; other pages get <c>gallery: well</c> from it.</summary>
public abstract class Misbehaving : IPlugin
{
    private int begun;

    /// <summary>The name of its assembly.</summary>
    public virtual string Name => GetType().Assembly.GetName().Name!;

    /// <summary>What it was told at its start.</summary>
    protected PluginConfig Config { get; private set; } = null!;

    public virtual ValueTask InitAsync(PluginConfig config, CancellationToken cancel)
    {
        Config = config;
        return default;
    }

    public virtual ValueTask<PageData?> DataForAsync(string path, RequestParameter request, CancellationToken cancel) =>
        path == "misbehave" ? MisbehaveAsync(request, cancel) : new(new PageData { ["gallery"] = "well" });

    /// <summary>What it is in the gallery for.</summary>
    protected abstract ValueTask<PageData?> MisbehaveAsync(RequestParameter request, CancellationToken cancel);

    /// <summary>True at the first call: what leaks does so once, however often it is asked.</summary>
    protected bool IsFirst() => Interlocked.Exchange(ref begun, 1) == 0;

    /// <summary>An answer as good as any.</summary>
    protected static ValueTask<PageData?> Answer(string text) => new(new PageData { ["gallery"] = text });
}
