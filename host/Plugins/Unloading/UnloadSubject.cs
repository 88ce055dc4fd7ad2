using System.Runtime.CompilerServices;
using System.Runtime.Loader;

namespace Platform.Host.Plugins.Unloading;

/// <summary>A load context that was asked to unload, held weakly: who looks whether it is gone must not be what holds it.</summary>
public sealed class UnloadSubject
{
    private readonly WeakReference context;

    private UnloadSubject(WeakReference context) => this.context = context;

    /// <summary>True once the runtime has unloaded it: until then the runtime itself keeps the object.</summary>
    public bool IsGone => !context.IsAlive;

    /// <summary>Asks a context to unload.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static UnloadSubject Unload(AssemblyLoadContext context)
    {
        var subject = new UnloadSubject(new WeakReference(context, trackResurrection: true));
        context.Unload();
        return subject;
    }

    /// <summary>What probably holds it. Never throws; ends within two seconds.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public IReadOnlyList<string> FindHolders() => context.Target is AssemblyLoadContext held ? Holders.Of(held) : [];
}
