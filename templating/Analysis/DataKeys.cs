using Platform.Templating.Analysis.Facts;

namespace Platform.Templating.Analysis;

/// <summary>The data that a page can have: what those who make it say. Immutable.</summary>
public sealed class DataKeys : IEquatable<DataKeys>
{
    private readonly Key root = new();
    private readonly string[] paths;

    /// <summary>Keys.</summary>
    /// <param name="paths">Dotted paths, <c>[]</c> behind a list: <c>title</c>, <c>site.name</c>, <c>items[].title</c>. Below a path that no other continues anything may be.</param>
    /// <param name="isComplete">Nothing else is there; false where others may add keys of which nothing is said.</param>
    public DataKeys(IEnumerable<string> paths, bool isComplete)
    {
        ArgumentNullException.ThrowIfNull(paths);
        IsComplete = isComplete;
        this.paths = [.. paths];
        foreach (var path in this.paths)
        {
            var key = root;
            foreach (var name in Names(path))
            {
                if (!key.Below.TryGetValue(name, out var next)) key.Below[name] = next = new();
                key = next;
            }
        }
    }

    /// <summary>Nothing else is there.</summary>
    public bool IsComplete { get; }

    /// <inheritdoc/>
    public bool Equals(DataKeys? other) => other is not null && IsComplete == other.IsComplete && paths.AsSpan().SequenceEqual(other.paths);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as DataKeys);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(IsComplete, paths.Length);

    /// <summary>What is wrong with a path; null where it is a key, or may be one.</summary>
    internal string? Complaint(string path)
    {
        var (key, before) = (root, "");
        foreach (var name in Names(path))
        {
            // An entry of what is declared as a map: any of its values.
            if (key.Below.Count == 0 || (name == "[]" && !key.Below.ContainsKey(name))) return null;
            if (!key.Below.TryGetValue(name, out var next))
            {
                var near = NearestName.Of(name, key.Below.Keys.Where(known => known != "[]"));
                if (near is null && !IsComplete) return null;
                return $"\"{path}\" is no data key of an installed plugin" + (near is null ? ". Correct the name, or add it to provides in the plugin.yaml of the plugin that gives it." : $"; did you mean \"{DataContext.Join(before, [near])}\"?");
            }

            before = name == "[]" ? before + name : DataContext.Join(before, [name]);
            key = next;
        }

        return null;
    }

    /// <summary>The names of a path; <c>[]</c> is one, <c>[a.b]</c> is the name <c>a.b</c>.</summary>
    internal static IEnumerable<string> Names(string path)
    {
        for (var at = 0; at < path.Length;)
        {
            if (path[at] == '.')
            {
                at++;
                continue;
            }

            var end = path[at] == '[' ? path.IndexOf(']', at) + 1 : path.AsSpan(at).IndexOfAny('.', '[') + at;
            if (end <= at) end = path.Length;
            var name = path[at..end];
            yield return name.Length > 2 && name[0] == '[' && name[^1] == ']' ? name[1..^1] : name;
            at = end;
        }
    }

    private sealed class Key
    {
        public SortedDictionary<string, Key> Below { get; } = new(StringComparer.Ordinal);
    }
}
