using System.Reflection;

namespace Platform.Host.Plugins.Unloading;

/// <summary>The way from a root to what it holds, as a sentence: <c>AppContext.ProcessExit → EventHandler → Weather.Clock.Stop</c>.</summary>
internal static class HolderPath
{
    private const int MaxSteps = 6;

    /// <summary>What the runtime puts between one that holds and what is held; it says nothing to anybody.</summary>
    private static readonly string[] Plumbing = ["TimerQueue", "TimerQueueTimer", "ConcurrentDictionary", "Dictionary", "Hashtable", "List", "LinkedList"];

    /// <summary>The sentence.</summary>
    /// <param name="root">Where the way begins.</param>
    /// <param name="steps">The objects on it, the last of them the plugin's.</param>
    internal static string Of(KnownRoot root, IReadOnlyList<object> steps)
    {
        if (steps.Any(step => step is PluginCall)) return "a call of the plugin that has not come back: end it when its token is cancelled.";
        // Who made the timer or the socket is of no interest: it carries the value along, as everything does that is made there.
        if (steps.Any(step => step is ExecutionContext)) return $"an AsyncLocal (carried along by {root.Name}) → {NameOf(steps[^1])}: set it to null when its work is done.";
        var names = new List<string>();
        foreach (var step in steps)
        {
            if (IsPlumbing(step.GetType())) continue;
            var name = NameOf(step);
            if (names.Count == 0 || names[^1] != name) names.Add(name);
        }

        if (names.Count > MaxSteps) names = [.. names[..(MaxSteps / 2)], "…", .. names[^(MaxSteps / 2)..]];
        return $"{root.Name} → {string.Join(" → ", names)}: {root.Advice}";
    }

    /// <summary>A type as its author writes it; of what the compiler made the method it was made of.</summary>
    internal static string NameOf(Type type)
    {
        if (type.HasElementType) return NameOf(type.GetElementType()!) + (type.IsArray ? "[]" : "");
        var name = type.Name.Split('`')[0];
        if (name == "AsyncStateMachineBox") return NameOf(type.GetGenericArguments()[^1]);
        if (name.StartsWith('<') && type.DeclaringType is { } maker)
        {
            var method = name[1..].Split('>')[0];
            return method.Length == 0 ? NameOf(maker) : $"{NameOf(maker)}.{method}";
        }

        if (type.IsGenericType && !type.IsGenericTypeDefinition) name += $"<{string.Join(", ", type.GetGenericArguments().Select(NameOf))}>";
        if (type.IsNested && !type.IsGenericParameter) return $"{NameOf(type.DeclaringType!)}.{name}";
        return type.Assembly.IsCollectible && type.Namespace is { Length: > 0 } space ? $"{space}.{name}" : name;
    }

    private static bool IsPlumbing(Type type) =>
        type.IsArray || Plumbing.Contains((type.DeclaringType ?? type).Name.Split('`')[0]);

    private static string NameOf(object step) => step switch
    {
        Type type => $"the type {NameOf(type)}",
        MethodInfo method => NameOf(method),
        _ => NameOf(step.GetType()),
    };

    private static string NameOf(MethodInfo method)
    {
        var type = method.DeclaringType is { } declaring ? NameOf(declaring) : "";
        return method.Name.StartsWith('<') ? $"{type} (a lambda in {method.Name[1..].Split('>')[0]})" : $"{type}.{method.Name}";
    }
}
