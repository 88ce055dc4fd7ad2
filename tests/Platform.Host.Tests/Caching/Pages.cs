using System.Text;
using Platform.Host.Caching;

namespace Platform.Host.Tests.Caching;

/// <summary>Pages for tests.</summary>
internal static class Pages
{
    internal static CachedPage Of(string body, params string[] tags) => Of(Encoding.UTF8.GetBytes(body), TimeSpan.FromHours(1), tags);

    internal static CachedPage Of(byte[] body, TimeSpan life, params string[] tags) => new()
    {
        Body = body,
        ContentType = "text/html; charset=utf-8",
        CacheControl = "public, no-cache",
        Vary = "Accept-Encoding",
        Headers = [],
        Tags = tags,
        Key = "GET:/a/page:default:-",
        Dependencies = [],
        Stamp = "stamp",
        Made = DateTimeOffset.UtcNow,
        Life = life,
    };

    /// <summary>A page with something in every place; its texts are its own.</summary>
    internal static CachedPage Rich(int number, int bodySize) => new()
    {
        Body = Body(number, bodySize),
        ContentType = "text/html; charset=utf-8",
        CacheControl = "public, no-cache",
        Vary = "Accept-Encoding, Cookie",
        Headers = [new($"X-Own-{number}", $"value {number}"), new($"X-Other-{number}", $"other {number}")],
        Tags = [$"news:{number}", $"list:{number % 100}"],
        Key = $"GET:/a/page/{number}:default:-",
        Dependencies = [new(DependencyKind.Template, "default/page", "3f2a"), new(DependencyKind.Plugin, "reader", $"version {number}")],
        Stamp = "stamp",
        Made = DateTimeOffset.FromUnixTimeMilliseconds(1_800_000_000_000 + number),
        Life = TimeSpan.FromMinutes(10),
    };

    private static byte[] Body(int number, int size)
    {
        var bytes = new byte[size];
        new Random(number).NextBytes(bytes);
        return bytes;
    }
}
