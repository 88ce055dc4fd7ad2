using Platform.Sdk;

namespace Platform.Host.Plugins.Testing;

/// <summary>Requests as they come: usual and odd paths, no query and a hundred keys, nobody and somebody. None holds what a server refuses.</summary>
public static class TestRequests
{
    private static readonly string[] Paths =
    [
        "/", "/index", "/about", "/news/7", "/a/b/c/d/e/f/g/h", "/" + new string('x', 1000), "/" + string.Join('/', Enumerable.Repeat("x", 100)),
        "/über/straße", "/日本語", "/😀", "/a b", "/%", "/a+b", "/'\"<script>", "/{{x}}", "/-1", "/9223372036854775808", "/null", "/NaN", "handler", "",
    ];

    private static readonly User[] Users = [User.Anonymous, new("7", "Ann", []), new("1", "Änne <b>", ["admin", "editor"])];

    private static readonly IReadOnlyDictionary<string, string>[] Queries =
    [
        new Dictionary<string, string>(),
        new Dictionary<string, string> { ["page"] = "-1", ["q"] = "<x> & \"y\" 😀", [""] = "" },
        Enumerable.Range(0, 100).ToDictionary(n => $"key{n}", n => new string('v', n)),
    ];

    /// <summary>All of them.</summary>
    /// <param name="own">The plugin's own pages.</param>
    public static IEnumerable<RequestParameter> All(IEnumerable<string> own) =>
        from path in own.Union(Paths)
        from user in Users
        from query in Queries
        select Of(path, user, query);

    /// <summary>One of a path.</summary>
    public static RequestParameter Of(string path) => Of(path, User.Anonymous, Queries[0]);

    private static RequestParameter Of(string path, User user, IReadOnlyDictionary<string, string> query) => new()
    {
        App = "app",
        Module = "module",
        Method = "get",
        Path = path,
        UrlPath = path.StartsWith('/') ? path : "/" + path,
        Query = query,
        User = user,
        ClientAddress = "127.0.0.1",
        RequestId = "test",
        Theme = "default",
        Tenant = "localhost",
        Headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { ["User-Agent"] = "test", ["Accept"] = "text/html" },
    };
}
