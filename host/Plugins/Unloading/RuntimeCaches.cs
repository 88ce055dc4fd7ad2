using System.Reflection;
using System.Reflection.Metadata;

namespace Platform.Host.Plugins.Unloading;

/// <summary>
/// What the runtime's libraries keep of types they were once given: System.Text.Json keeps every serialized type for as long
/// as the process lives. They know how to forget, for the sake of code that is changed while it runs, by a method that a
/// library names in an attribute; it is called where it is there.
/// </summary>
public static class RuntimeCaches
{
    private static readonly string[] Libraries = ["System.Text.Json", "System.ComponentModel.TypeConverter"];

    /// <summary>Has the libraries forget all types; what is still in use they look up again.</summary>
    public static void Clear()
    {
        foreach (var library in AppDomain.CurrentDomain.GetAssemblies())
        {
            if (library.IsCollectible || Array.IndexOf(Libraries, library.GetName().Name) < 0) continue;
            foreach (var handler in library.GetCustomAttributes<MetadataUpdateHandlerAttribute>()) Clear(handler.HandlerType);
        }
    }

    private static void Clear(Type handler)
    {
        try
        {
            handler.GetMethod("ClearCache", BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic, [typeof(Type[])])?.Invoke(null, [null]);
        }
        catch (TargetInvocationException)
        {
            // Then it goes on holding, which the search for holders will say.
        }
    }
}
