namespace Platform.Host.Routing;

/// <summary>The routes of one pattern, by method; a named method beats <c>*</c>.</summary>
internal sealed class MethodTable
{
    private Route? get;
    private Route? post;
    private Route? put;
    private Route? patch;
    private Route? delete;
    private Route? any;

    public Methods Allowed { get; private set; }

    /// <summary>The route already there, where the new one can't be told apart from it.</summary>
    public Route? Add(Route route)
    {
        ref var place = ref Place(route.Method);
        if (place is not null) return place;
        place = route;
        Allowed |= route.Method switch { "GET" => Methods.Get, "POST" => Methods.Post, "PUT" => Methods.Put, "PATCH" => Methods.Patch, "DELETE" => Methods.Delete, _ => Methods.None };
        return null;
    }

    public Route? For(string method) => Place(method) ?? any;

    private ref Route? Place(string method)
    {
        switch (method)
        {
            case "GET" or "HEAD": return ref get;
            case "POST": return ref post;
            case "PUT": return ref put;
            case "PATCH": return ref patch;
            case "DELETE": return ref delete;
            default: return ref any;
        }
    }
}
