using HandlebarsDotNet;
using HandlebarsDotNet.PathStructure;

namespace Platform.Host.Themes.HandlebarsNet;

/// <summary><c>title</c>, <c>author.name</c>, <c>../items.[0]</c>: parsed once, then maps and lists only. The library's own way is slower and reads <c>value</c> and <c>key</c> as loop variables.</summary>
internal sealed class ValuePath
{
    private readonly int up;
    private readonly string[] names;
    private readonly ChainSegment? parameter;

    private ValuePath(int up, bool isOfContext, string[] names)
    {
        this.up = up;
        this.names = names;
        if (!isOfContext && up == 0 && names.Length > 0) parameter = ChainSegment.Create(names[0]);
    }

    /// <summary>Null for loop variables (<c>@index</c>), which the library keeps.</summary>
    public static ValuePath? Parse(PathInfo path)
    {
        var rest = path.Path.AsSpan();
        if (rest is "" or "null" or "undefined") return new(0, true, [".never"]);
        if (rest[0] == '@') return null;
        if (rest[0] is '#' or '^') rest = rest[1..];
        var up = 0;
        var isOfContext = false;
        while (rest.StartsWith(".."))
        {
            up++;
            rest = rest[2..].TrimStart('/');
        }

        if (rest is "." or "this" || rest.StartsWith("./") || rest.StartsWith("this.") || rest.StartsWith("this/"))
        {
            isOfContext = true;
            rest = rest[(rest[0] == '.' ? 1 : 4)..].TrimStart("./");
        }

        return new(up, isOfContext, Names(rest));
    }

    public static object? Resolve(BindingContext context, ValuePath path)
    {
        var frame = context;
        for (var i = 0; i < path.up; i++)
        {
            if (Frames.Parent(frame) is not { } outer) return null;
            frame = outer;
        }

        if (path.names.Length == 0) return Frames.Defined(frame.Value);
        if (path.parameter is null || !Frames.TryGetParameter(frame, path.parameter, out var value)) ClosedMembers.TryGetValue(frame.Value, path.names[0], out value);
        for (var i = 1; i < path.names.Length && value is not null; i++) ClosedMembers.TryGetValue(value, path.names[i], out value);
        return value;
    }

    private static string[] Names(ReadOnlySpan<char> path)
    {
        var names = new List<string>();
        while (path.Length > 0)
        {
            var bracket = path[0] == '[' ? path.IndexOf(']') : -1;
            var end = bracket > 0 ? bracket : path.IndexOfAny('.', '/');
            if (end < 0) end = path.Length;
            names.Add(path[(bracket > 0 ? 1 : 0)..end].ToString());
            path = path[Math.Min(path.Length, bracket > 0 ? end + 1 : end)..];
            if (path.Length > 0) path = path[(path[0] is '.' or '/' ? 1 : 0)..];
        }

        return [.. names];
    }
}
