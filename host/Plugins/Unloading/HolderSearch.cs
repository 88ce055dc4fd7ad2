using System.Diagnostics;
using System.Reflection;
using System.Runtime.Loader;

namespace Platform.Host.Plugins.Unloading;

/// <summary>
/// Follows references from known roots, nearest first, to the first object of a context on each way. Only fields of
/// instances are read: no code of anybody runs by it. It ends by time or by number, whatever it has seen.
/// </summary>
internal sealed class HolderSearch(AssemblyLoadContext context, TimeSpan limit)
{
    private const int MaxObjects = 300_000;
    private const int MaxFound = 3;

    private readonly Dictionary<Type, bool> isOwn = [];
    private readonly Dictionary<Type, FieldInfo[]> fields = [];
    private readonly Dictionary<object, object?> cameFrom = new(ReferenceEqualityComparer.Instance);
    private readonly Queue<object> next = new();
    private readonly List<string> found = [];
    private readonly Stopwatch watch = Stopwatch.StartNew();

    internal IReadOnlyList<string> Run(IEnumerable<KnownRoot> roots)
    {
        foreach (var root in roots)
        {
            if (root.Value is null) continue;
            See(root, root.Value, from: null);
            while (next.TryDequeue(out var one) && found.Count < MaxFound && watch.Elapsed < limit) Follow(root, one);
            next.Clear();
            if (found.Count == MaxFound) break;
        }

        return found;
    }

    private void Follow(KnownRoot root, object one)
    {
        if (one is Array array)
        {
            var element = array.GetType().GetElementType()!;
            if (!HasReferences(element)) return;
            foreach (var item in array)
            {
                if (item is not null) SeeValue(root, item, one, element.IsValueType);
            }

            return;
        }

        foreach (var field in FieldsOf(one.GetType()))
        {
            if (field.GetValue(one) is { } value) SeeValue(root, value, one, field.FieldType.IsValueType);
        }
    }

    private void SeeValue(KnownRoot root, object value, object from, bool isValueType)
    {
        if (!isValueType)
        {
            See(root, value, from);
            return;
        }

        // A copy of a struct is nobody's object: its references are those of what it lies in.
        if (IsOwn(value.GetType()))
        {
            Found(root, value, from);
            return;
        }

        foreach (var field in FieldsOf(value.GetType()))
        {
            if (field.GetValue(value) is { } inner) SeeValue(root, inner, from, field.FieldType.IsValueType);
        }
    }

    private void See(KnownRoot root, object value, object? from)
    {
        if (value is string or Pointer || cameFrom.Count > MaxObjects) return;
        switch (value)
        {
            case Type type:
                if (IsOwn(type)) Found(root, type, from);
                return;
            case MemberInfo member:
                if (member.DeclaringType is { } declaring && IsOwn(declaring)) Found(root, member as object, from);
                return;
            case Assembly or Module or Thread or AssemblyLoadContext { IsCollectible: true }:
                return;
            case Delegate call:
                if (call.Target is { } target && call.GetInvocationList().Length == 1 && IsOwn(target.GetType()) && cameFrom.TryAdd(call, from))
                {
                    Found(root, call.Method, call);
                    return;
                }

                break;
        }

        if (IsOwn(value.GetType())) Found(root, value, from);
        else if (!value.GetType().IsCollectible && cameFrom.TryAdd(value, from)) next.Enqueue(value);
    }

    private void Found(KnownRoot root, object own, object? from)
    {
        // The key of a value that flows along; the value itself says more.
        if (own.GetType() is { IsGenericType: true } type && type.GetGenericTypeDefinition() == typeof(AsyncLocal<>)) return;
        var steps = new List<object> { own };
        for (var step = from; step is not null; step = cameFrom[step]) steps.Add(step);
        steps.Reverse();
        // The root's own object says no more than its name.
        if (steps.Count > 1 && ReferenceEquals(steps[0], root.Value) && steps[0] is not Delegate) steps.RemoveAt(0);
        var text = HolderPath.Of(root, steps);
        // One type in a cache is as good as ten.
        var isAnother = own is not Type ? !found.Contains(text) : !found.Exists(said => said.StartsWith(root.Name, StringComparison.Ordinal));
        if (found.Count < MaxFound && isAnother) found.Add(text);
    }

    private bool IsOwn(Type type)
    {
        if (!type.IsCollectible) return false;
        if (isOwn.TryGetValue(type, out var known)) return known;
        var own = AssemblyLoadContext.GetLoadContext(type.Assembly) == context
            || (type.HasElementType && IsOwn(type.GetElementType()!))
            || (type.IsGenericType && Array.Exists(type.GetGenericArguments(), IsOwn));
        return isOwn[type] = own;
    }

    private FieldInfo[] FieldsOf(Type type)
    {
        if (fields.TryGetValue(type, out var known)) return known;
        var all = new List<FieldInfo>();
        for (var declaring = type; declaring is not null && declaring != typeof(object); declaring = declaring.BaseType)
        {
            all.AddRange(declaring.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly).Where(field => HasReferences(field.FieldType)));
        }

        return fields[type] = [.. all];
    }

    private static bool HasReferences(Type type) =>
        !type.IsPrimitive && !type.IsEnum && !type.IsPointer && !type.IsFunctionPointer && !type.IsByRefLike && type != typeof(string)
        && (!type.IsValueType || Array.Exists(type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic), field => HasReferences(field.FieldType)));
}
