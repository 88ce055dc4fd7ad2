namespace Platform.Host.Routing;

/// <summary>The methods a path is known under.</summary>
[Flags]
internal enum Methods
{
    None = 0,
    Get = 1,
    Post = 2,
    Put = 4,
    Patch = 8,
    Delete = 16,
}

internal static class MethodNames
{
    private static readonly string[] Headers = [.. Enumerable.Range(0, 32).Select(set => string.Join(", ", Names((Methods)set)))];

    /// <summary>The set as the header <c>Allow</c> lists it.</summary>
    public static string Header(this Methods allowed) => Headers[(int)allowed];

    private static IEnumerable<string> Names(Methods set)
    {
        if (set.HasFlag(Methods.Get)) yield return "GET, HEAD";
        if (set.HasFlag(Methods.Post)) yield return "POST";
        if (set.HasFlag(Methods.Put)) yield return "PUT";
        if (set.HasFlag(Methods.Patch)) yield return "PATCH";
        if (set.HasFlag(Methods.Delete)) yield return "DELETE";
    }
}
