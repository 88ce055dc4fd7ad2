using System.Reflection;
using System.Runtime.Loader;
using System.Text;

namespace Platform.Host.Plugins.Unloading;

/// <summary>An object that lives as long as the process, and can be made to hold a plugin.</summary>
/// <param name="Name">As a plugin's author knows it.</param>
/// <param name="Advice">What to do where it holds a plugin.</param>
/// <param name="Value">The object; null where it holds nothing.</param>
internal sealed record KnownRoot(string Name, string Advice, object? Value);

/// <summary>
/// The roots that can be looked at: fields of the runtime's libraries, by name. One that another version of the runtime
/// does not have is left out. Nothing of a plugin is ever initialized by looking.
/// </summary>
internal static class KnownRoots
{
    private const string Unsubscribe = "unsubscribe in DisposeAsync.";
    private const string StopTimer = "dispose of the timer, or cancel and await the task that waits for it, in DisposeAsync.";
    private const string Always = "it can't be taken back; let the plugin run with isolation: process.";

    private const BindingFlags Static = BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;

    internal static IEnumerable<KnownRoot> All()
    {
        var core = typeof(object).Assembly;
        foreach (var root in Events(core, "System.AppContext")) yield return root;
        foreach (var root in Events(AppDomain.CurrentDomain)) yield return root;
        foreach (var root in Events(core, "System.Runtime.Loader.AssemblyLoadContext")) yield return root;
        foreach (var root in Events(core, "System.Threading.Tasks.TaskScheduler")) yield return root;
        yield return new("AssemblyLoadContext.Default", Unsubscribe, AssemblyLoadContext.Default);
        yield return Field(core, "System.Diagnostics.Tracing.EventListener", "s_Listeners", "EventListener", "dispose of the listener in DisposeAsync.");
        yield return Field(core, "System.Text.EncodingProvider", "s_providers", "Encoding.RegisterProvider", Always);
        yield return Field(core, "System.Globalization.CultureInfo", "s_DefaultThreadCurrentCulture", "CultureInfo.DefaultThreadCurrentCulture", "set it back in DisposeAsync.");
        yield return Property(core, "System.Threading.TimerQueue", "Instances", "a timer", StopTimer);
        yield return Field(core, "System.Threading.ThreadPool", "s_workQueue", "the thread pool's queue", "cancel and await its work in DisposeAsync.");
        yield return Field(core, "System.Runtime.InteropServices.PosixSignalRegistration", "s_registrations", "PosixSignalRegistration", "dispose of it in DisposeAsync.");
        foreach (var (library, type, name, advice) in Libraries)
        {
            if (AppDomain.CurrentDomain.GetAssemblies().FirstOrDefault(a => !a.IsCollectible && a.GetName().Name == library)?.GetType(type) is not { } found) continue;
            foreach (var field in Reference(found)) yield return new(name.Length > 0 ? name : $"{found.Name}.{Said(field.Name)}", advice, Value(field));
        }
    }

    private static readonly (string Library, string Type, string Name, string Advice)[] Libraries =
    [
        ("System.Console", "System.Console", "", Unsubscribe),
        ("System.Text.Json", "System.Text.Json.JsonSerializerOptions", "System.Text.Json's cache", Always),
        ("System.Text.Json", "System.Text.Json.Serialization.Metadata.DefaultJsonTypeInfoResolver", "System.Text.Json's cache", Always),
        ("System.ComponentModel.TypeConverter", "System.ComponentModel.TypeDescriptor", "TypeDescriptor", Always),
        ("System.ComponentModel.TypeConverter", "System.ComponentModel.ReflectTypeDescriptionProvider", "TypeDescriptor", Always),
        ("System.Diagnostics.DiagnosticSource", "System.Diagnostics.ActivitySource", "ActivitySource", "dispose of the listener in DisposeAsync."),
        ("System.Diagnostics.DiagnosticSource", "System.Diagnostics.DiagnosticListener", "DiagnosticListener", Unsubscribe),
        ("System.Diagnostics.DiagnosticSource", "System.Diagnostics.Metrics.MeterListener", "MeterListener", "dispose of the listener in DisposeAsync."),
        ("System.Diagnostics.TraceSource", "System.Diagnostics.TraceInternal", "Trace.Listeners", "remove the listener in DisposeAsync."),
        ("System.Net.NetworkInformation", "System.Net.NetworkInformation.NetworkChange", "NetworkChange", Unsubscribe),
        ("System.Net.Sockets", "System.Net.Sockets.SocketAsyncEngine", "a socket", "close it in DisposeAsync."),
    ];

    private static IEnumerable<KnownRoot> Events(Assembly library, string type) =>
        library.GetType(type) is { } found ? Reference(found).Where(field => typeof(Delegate).IsAssignableFrom(field.FieldType)).Select(field => new KnownRoot($"{found.Name}.{Said(field.Name)}", Unsubscribe, Value(field))) : [];

    private static IEnumerable<KnownRoot> Events(AppDomain domain) =>
        typeof(AppDomain).GetFields(BindingFlags.Instance | BindingFlags.NonPublic).Where(field => typeof(Delegate).IsAssignableFrom(field.FieldType)).Select(field => new KnownRoot($"AppDomain.{field.Name}", Unsubscribe, field.GetValue(domain)));

    private static KnownRoot Field(Assembly library, string type, string field, string name, string advice) =>
        new(name, advice, library.GetType(type)?.GetField(field, Static) is { } found ? Value(found) : null);

    private static KnownRoot Property(Assembly library, string type, string property, string name, string advice) =>
        new(name, advice, library.GetType(type)?.GetProperty(property, Static)?.GetValue(null));

    private static IEnumerable<FieldInfo> Reference(Type type) =>
        type.IsGenericTypeDefinition ? [] : type.GetFields(Static).Where(field => !field.IsLiteral && !field.FieldType.IsValueType && !field.FieldType.IsPointer && field.FieldType != typeof(string));

    private static object? Value(FieldInfo field)
    {
        try
        {
            return field.GetValue(null);
        }
        catch (Exception exception) when (exception is TypeInitializationException or TargetInvocationException or NotSupportedException)
        {
            return null;
        }
    }

    /// <summary>A field's name without the prefix of a static one: <c>s_cancelCallbacks</c> is <c>cancelCallbacks</c>.</summary>
    private static string Said(string field) => field.TrimStart('_') is var name && name.StartsWith("s_", StringComparison.Ordinal) ? name[2..] : name;
}
