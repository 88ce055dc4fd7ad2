namespace Platform.Host.Configuration;

/// <summary>Lays the environment and the command line over a file's tree, so that they are checked by the same rules.</summary>
public static class Overlay
{
    private const string Prefix = "PLATFORM_";

    private static readonly Dictionary<string, string[]> OptionPaths = new(StringComparer.Ordinal) { ["--urls"] = ["server", "urls"] };

    /// <summary>The tree with what the environment and then the options say.</summary>
    /// <exception cref="ArgumentException">The command line knows an option that has no place in the configuration.</exception>
    public static Node Apply(Node written, IReadOnlyDictionary<string, string> environment, IReadOnlyDictionary<string, string> options)
    {
        var root = written;
        foreach (var (name, value) in environment.OrderBy(variable => variable.Key, StringComparer.Ordinal))
        {
            if (!name.StartsWith(Prefix, StringComparison.Ordinal) || !name.Contains("__", StringComparison.Ordinal)) continue;
            var keys = name[Prefix.Length..].Split("__");
            root = Place(root, keys, Node.Scalar(value, ScalarStyle.Any, new("environment", 0, 0, name)));
        }

        foreach (var (name, value) in options)
        {
            if (!OptionPaths.TryGetValue(name, out var keys)) throw new ArgumentException($"The option {name} has no place in the configuration.", nameof(options));
            root = Place(root, keys, Node.Scalar(value, ScalarStyle.Any, new("command line", 0, 0, name)));
        }

        return root;
    }

    private static Node Place(Node parent, ReadOnlySpan<string> keys, Node value)
    {
        if (keys.Length == 0) return value;
        // What should be a map and is none is the file's problem, and stays to be reported.
        if (parent.Kind is NodeKind.Scalar or NodeKind.List) return parent;

        var key = KeyIn(parent, keys[0]);
        var entries = parent.Entries.Where(entry => entry.Key != key).ToList();
        var existing = parent.Entries.FirstOrDefault(entry => entry.Key == key);
        var below = Place(keys.Length == 1 ? value : existing?.Value ?? Node.Null(value.At), keys[1..], value);
        entries.Add(new(key, existing?.At ?? value.At, below));
        return Node.Map(entries, parent.Kind == NodeKind.Null ? value.At : parent.At);
    }

    // Variables are written in capitals, and most shells take no hyphen in their names.
    private static string KeyIn(Node parent, string part) =>
        parent.Entries.FirstOrDefault(entry => entry.Key.Equals(part, StringComparison.OrdinalIgnoreCase))?.Key
        ?? parent.Entries.FirstOrDefault(entry => entry.Key.Replace('-', '_').Equals(part, StringComparison.OrdinalIgnoreCase))?.Key
        ?? part.ToLowerInvariant();
}
