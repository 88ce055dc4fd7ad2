using System.Reflection;
using System.Reflection.Metadata;
using System.Runtime.Loader;

namespace Platform.Host.Plugins.Unloading;

/// <summary>
/// What may hold a plugin and can't be seen from outside: the stack of a thread, a handle, a value that flows along. Its
/// assembly says what of it it uses.
/// </summary>
internal static class SuspectedHolders
{
    private static readonly (string Type, string Member, string Text)[] Uses =
    [
        ("System.Threading.Thread", ".ctor", "it starts threads (System.Threading.Thread): one may still run. End it in DisposeAsync, and wait for its end (Join)."),
        ("System.Threading.Tasks.Task", "Run", "it starts tasks (Task.Run): one may still run. Cancel it and await it in DisposeAsync."),
        ("System.Threading.Tasks.TaskFactory", "StartNew", "it starts tasks (Task.Factory.StartNew): one may still run. Cancel it and await it in DisposeAsync."),
        ("System.Threading.ThreadPool", "", "it gives work to the thread pool (System.Threading.ThreadPool): some may still run or wait. End it in DisposeAsync."),
        ("System.Threading.AsyncLocal`1", "", "it sets an AsyncLocal: the value may still flow along with somebody's work. Set it to null when its work is done."),
        ("System.Threading.ThreadLocal`1", "", "it uses a ThreadLocal: dispose of it in DisposeAsync."),
        ("System.Runtime.InteropServices.GCHandle", "Alloc", "it pins or holds objects (GCHandle.Alloc): one may not be freed. Free it in DisposeAsync."),
        ("System.Runtime.InteropServices.GCHandle`1", "", "it holds objects (GCHandle): one may not be disposed of. Do so in DisposeAsync."),
        ("System.Runtime.InteropServices.Marshal", "GetFunctionPointerForDelegate", "it hands functions to native code (Marshal.GetFunctionPointerForDelegate): a library may still hold one."),
        ("System.Runtime.CompilerServices.CallSite`1", "", "it uses dynamic: the runtime keeps the types that it has seen so. Use types or a DataMap, or let the plugin run with isolation: process."),
        ("System.Text.Encoding", "RegisterProvider", "it registers an encoding provider (Encoding.RegisterProvider), which can't be taken back. Let the plugin run with isolation: process."),
        ("System.IO.FileSystemWatcher", ".ctor", "it watches files (FileSystemWatcher): dispose of it in DisposeAsync."),
        ("System.Net.HttpListener", ".ctor", "it listens (HttpListener): close it in DisposeAsync."),
        ("System.Net.Sockets.Socket", ".ctor", "it opens sockets: close them in DisposeAsync."),
        ("System.Text.Json.JsonSerializer", "", "it serializes types of its own (System.Text.Json), which the runtime keeps."),
        ("System.ComponentModel.TypeDescriptor", "", "it asks TypeDescriptor for its types, which the runtime keeps."),
    ];

    internal static IReadOnlyList<string> Of(AssemblyLoadContext context)
    {
        var texts = new List<string>();
        foreach (var assembly in context.Assemblies) texts.AddRange(Of(assembly));
        return [.. texts.Distinct()];
    }

    private static unsafe List<string> Of(Assembly assembly)
    {
        if (!assembly.TryGetRawMetadata(out var start, out var length)) return [];
        var metadata = new MetadataReader(start, length);
        var texts = new List<string>();
        foreach (var handle in metadata.MemberReferences)
        {
            var member = metadata.GetMemberReference(handle);
            if (member.GetKind() != MemberReferenceKind.Method) continue;
            var (type, name) = (TypeOf(metadata, member.Parent), metadata.GetString(member.Name));
            texts.AddRange(Uses.Where(use => use.Type == type && (use.Member.Length == 0 || use.Member == name)).Select(use => use.Text));
            var signature = metadata.GetBlobReader(member.Signature).ReadSignatureHeader();
            if (!signature.IsInstance && name.StartsWith("add_", StringComparison.Ordinal)) texts.Add($"it subscribes to {type}.{name[4..]}: unsubscribe in DisposeAsync.");
        }

        // The order of the list above is that of likelihood.
        return [.. texts.Distinct().OrderBy(text => Array.FindIndex(Uses, use => use.Text == text))];
    }

    private static string TypeOf(MetadataReader metadata, EntityHandle parent)
    {
        if (parent.Kind == HandleKind.TypeSpecification)
        {
            // GENERICINST, CLASS or VALUETYPE, then the type itself.
            var signature = metadata.GetBlobReader(metadata.GetTypeSpecification((TypeSpecificationHandle)parent).Signature);
            if (signature.ReadSignatureTypeCode() != SignatureTypeCode.GenericTypeInstance) return "";
            signature.ReadCompressedInteger();
            parent = signature.ReadTypeHandle();
        }

        if (parent.Kind != HandleKind.TypeReference) return "";
        var type = metadata.GetTypeReference((TypeReferenceHandle)parent);
        return $"{metadata.GetString(type.Namespace)}.{metadata.GetString(type.Name)}";
    }
}
