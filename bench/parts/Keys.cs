using System.Runtime.CompilerServices;
using BenchmarkDotNet.Attributes;
using Platform.Host;
using Platform.Host.Caching;
using Platform.Host.Pipeline;
using Platform.Host.Routing;

namespace Platform.Bench.Parts;

/// <summary>Writing a page's key.</summary>
public class Keys
{
    private static readonly KeyParts UserAndQuery = new(true, false, ["page"], [], []);

    private readonly PageContext page = Request();

    [Benchmark(Description = "key, of every page")]
    public int Base()
    {
        Span<char> key = stackalloc char[512];
        return PageKey.TryWrite(page, key, out var length) ? length : throw new InvalidOperationException();
    }

    [Benchmark(Description = "key, with user and query")]
    public int WithUserAndQuery()
    {
        Span<char> key = stackalloc char[512];
        return PageKey.TryWrite(page, key, out var length) && PageKey.TryAppend(page, UserAndQuery, key, ref length) ? length : throw new InvalidOperationException();
    }

    /// <summary>Only the door makes one, of a connection; here it is made of what the key looks at.</summary>
    private static PageContext Request()
    {
        var page = (PageContext)RuntimeHelpers.GetUninitializedObject(typeof(PageContext));
        Set(nameof(page.Target), CanonicalPath.Read("/news/2026/an-article-of-usual-length?page=2&utm_source=feed", "/news/2026/an-article-of-usual-length"));
        Set(nameof(page.Domain), RouteTable.Empty.Other);
        Set(nameof(page.UserKey), "4711@0123456789abcdef");
        Set(nameof(page.Branch), Branch.Api);
        Set(nameof(page.Method), "GET");
        return page;

        void Set(string property, object value) => typeof(PageContext).GetProperty(property)!.SetValue(page, value);
    }
}
