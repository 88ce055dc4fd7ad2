namespace Platform.Host.Routing;

/// <summary>
/// Routes by path: literal ones in one dictionary, the others in a tree with a level for each segment. In the tree each
/// node is reached by one way only, so a look-up visits none twice, however it must turn back.
/// </summary>
internal sealed class PathTable
{
    private readonly Dictionary<string, MethodTable> literals = new(StringComparer.Ordinal);
    private readonly Node root = new();
    private bool hasPatterns;

    /// <summary>The route already there, where the new one can't be told apart from it.</summary>
    public Route? Add(Route route)
    {
        if (route.Pattern.IsLiteral)
        {
            if (!literals.TryGetValue(route.Pattern.Text, out var methods)) literals.Add(route.Pattern.Text, methods = new());
            return methods.Add(route);
        }

        hasPatterns = true;
        var node = root;
        foreach (var segment in route.Pattern.Segments)
        {
            if (segment.Kind == SegmentKind.Rest) return (node.Rest ??= new()).Add(route);
            node = segment.Kind == SegmentKind.Literal ? node.Literal(segment.Text) : node.Parameter ??= new();
        }

        return (node.End ??= new()).Add(route);
    }

    /// <summary>The best route that takes the method; else null, and the methods of those that match the path are added.</summary>
    public Route? Find(string method, string path, ref Methods allowed)
    {
        if (literals.TryGetValue(path, out var methods) && Take(methods, method, ref allowed) is { } route) return route;
        return hasPatterns ? Find(root, method, path.AsSpan(1), ref allowed) : null;
    }

    /// <summary>What a route's pattern captures of a path that it matches.</summary>
    public static RouteValues Capture(Route route, string path)
    {
        if (route.Pattern.IsLiteral) return RouteValues.Empty;
        var values = new string[route.Pattern.Parameters.Count];
        var (start, next) = (1, 0);
        foreach (var segment in route.Pattern.Segments)
        {
            var end = segment.Kind == SegmentKind.Rest ? -1 : path.IndexOf('/', Math.Min(start, path.Length));
            if (end < 0) end = path.Length;
            if (segment.Kind != SegmentKind.Literal) values[next++] = path[Math.Min(start, end)..end];
            start = end + 1;
        }

        return new(route.Pattern.Parameters, values);
    }

    private static Route? Find(Node node, string method, ReadOnlySpan<char> rest, ref Methods allowed)
    {
        if (rest.IsEmpty)
        {
            if (Take(node.End, method, ref allowed) is { } ended) return ended;
        }
        else
        {
            var slash = rest.IndexOf('/');
            var segment = slash < 0 ? rest : rest[..slash];
            var below = slash < 0 ? [] : rest[(slash + 1)..];
            if (node.Child(segment) is { } child && Find(child, method, below, ref allowed) is { } literal) return literal;
            if (node.Parameter is { } parameter && Find(parameter, method, below, ref allowed) is { } captured) return captured;
        }

        return Take(node.Rest, method, ref allowed);
    }

    private static Route? Take(MethodTable? methods, string method, ref Methods allowed)
    {
        if (methods?.For(method) is { } route) return route;
        if (methods is not null) allowed |= methods.Allowed;
        return null;
    }

    private sealed class Node
    {
        private Dictionary<string, Node>? literals;

        public Node? Parameter { get; set; }

        public MethodTable? End { get; set; }

        public MethodTable? Rest { get; set; }

        public Node Literal(string text)
        {
            literals ??= new(StringComparer.Ordinal);
            if (!literals.TryGetValue(text, out var child)) literals.Add(text, child = new());
            return child;
        }

        public Node? Child(ReadOnlySpan<char> text) =>
            literals is not null && literals.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(text, out var child) ? child : null;
    }
}
