using System.Collections;
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
    private const string Descriptions = "System.ComponentModel.TypeConverter";
    private const BindingFlags All = BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    private static readonly string[] Libraries = ["System.Text.Json", Descriptions];

    /// <summary>Has the libraries forget all types; what is still in use they look up again.</summary>
    public static void Clear()
    {
        foreach (var library in AppDomain.CurrentDomain.GetAssemblies())
        {
            if (library.IsCollectible || Array.IndexOf(Libraries, library.GetName().Name) < 0) continue;
            if (library.GetName().Name == Descriptions) ForgetDescribedTypes(library);
            foreach (var handler in library.GetCustomAttributes<MetadataUpdateHandlerAttribute>()) Clear(handler.HandlerType);
        }
    }

    /// <summary>TypeDescriptor's own method forgets what it knows of a type, and keeps the type.</summary>
    private static void ForgetDescribedTypes(Assembly library)
    {
        var descriptor = library.GetType("System.ComponentModel.TypeDescriptor");
        foreach (var cache in new[] { "s_providerTypeTable", "s_defaultProviderInitialized" }) Forget(descriptor?.GetField(cache, All)?.GetValue(null));
        if (descriptor?.GetField("s_providerTable", All)?.GetValue(null) is not Hashtable providers) return;
        foreach (var node in providers.Values.Cast<object?>().ToList())
        {
            var provider = node?.GetType().GetField("Provider", All)?.GetValue(node);
            Forget(provider?.GetType().GetField("_typeData", All)?.GetValue(provider));
        }
    }

    private static void Forget(object? cache)
    {
        if (cache is not IDictionary types) return;
        foreach (var type in types.Keys.OfType<Type>().Where(type => type.IsCollectible)) types.Remove(type);
    }

    private static void Clear(Type handler)
    {
        try
        {
            handler.GetMethod("ClearCache", All, [typeof(Type[])])?.Invoke(null, [null]);
        }
        catch (TargetInvocationException)
        {
            // Then it goes on holding, which the search for holders will say.
        }
    }
}
