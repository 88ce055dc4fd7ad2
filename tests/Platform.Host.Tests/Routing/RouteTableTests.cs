using Platform.Host.Configuration;
using Platform.Host.Routing;

namespace Platform.Host.Tests.Routing;

public sealed class RouteTableTests
{
    [Theory]
    [InlineData("GET", "/", "GET /")]
    [InlineData("HEAD", "/", "GET /")]
    [InlineData("GET", "/news", "GET /news")]
    [InlineData("GET", "/News", "GET /{*all} all=News")]
    [InlineData("GET", "/news/latest", "GET /news/latest")]
    [InlineData("GET", "/news/7", "GET /news/{id} id=7")]
    [InlineData("GET", "/news/7/edit", "GET /news/{id}/edit id=7")]
    [InlineData("GET", "/news/latest/edit", "GET /news/{id}/edit id=latest")]
    [InlineData("GET", "/news/7/other", "GET /{*all} all=news/7/other")]
    [InlineData("POST", "/news/7", "POST /news/{key} key=7")]
    [InlineData("POST", "/news/latest", "POST /news/{key} key=latest")]
    [InlineData("DELETE", "/news/latest", "* /news/{any} any=latest")]
    [InlineData("GET", "/files", "GET /files/{*path} path=")]
    [InlineData("GET", "/files/a", "GET /files/{*path} path=a")]
    [InlineData("GET", "/files/a/b", "GET /files/{*path} path=a/b")]
    [InlineData("GET", "/files/a/meta", "GET /files/{name}/meta name=a")]
    [InlineData("GET", "/a/b/c", "GET /{x}/{y}/{z} x=a y=b z=c")]
    [InlineData("GET", "/deep/1/end", "GET /deep/{x}/end x=1")]
    [InlineData("GET", "/deep/1/2/3", "GET /{*all} all=deep/1/2/3")]
    [InlineData("PUT", "/news", "405 GET, HEAD")]
    [InlineData("PUT", "/", "405 GET, HEAD")]
    [InlineData("PUT", "/form", "405 GET, HEAD, POST")]
    [InlineData("PUT", "/shared", "PUT /shared")]
    [InlineData("DELETE", "/shared", "405 GET, HEAD, PUT")]
    [InlineData("GET", "/shared", "GET /{*all} all=shared")]
    public void Match_Path_TakesTheMostSpecificRouteOfTheMethod(string method, string path, string expected)
    {
        string[] own =
        [
            "GET /", "GET /news", "GET /news/latest", "GET /news/{id}", "GET /news/{id}/edit", "POST /news/{key}", "* /news/{any}", "GET /files/{*path}",
            "GET /files/{name}/meta", "GET /{x}/{y}/{z}", "GET /deep/{x}/end", "POST /form", "GET /{*all}", "GET /news/{id}/{more}/far",
        ];
        // The order written never decides.
        foreach (var routes in new[] { own, [.. own.Reverse()] })
        {
            var table = Table(routes, ["GET /shared", "PUT /shared"]);
            Assert.Equal(Expected(expected), Print(table.FindDomain("localhost").Match(method, path)));
        }

        // "/news/7/other" fits {x}/{y}/{z} as well, which beats the rest.
        static string Expected(string text) => text == "GET /{*all} all=news/7/other" ? "GET /{x}/{y}/{z} x=news y=7 z=other" : text;
    }

    [Theory]
    [InlineData("GET", "/health", "GET /health")]
    [InlineData("GET", "/own", "none")]
    [InlineData("POST", "/health", "405 GET, HEAD")]
    [InlineData("GET", "", "none")]
    [InlineData("GET", "*", "none")]
    public void Match_HostWithoutDomain_HasTheStaticRoutesOnly(string method, string path, string expected) =>
        Assert.Equal(expected, Print(Table(["GET /own"], ["GET /health"]).FindDomain("elsewhere").Match(method, path)));

    [Fact]
    public void Match_OwnRoute_ComesBeforeTheStaticOne() =>
        Assert.Equal("GET /{x} x=health", Print(Table(["GET /{x}"], ["GET /health"]).FindDomain("localhost").Match("GET", "/health")));

    [Theory]
    [InlineData("example.com", "example.com")]
    [InlineData("EXAMPLE.com", "example.com")]
    [InlineData("www.example.com", "www.example.com")]
    [InlineData("a.example.com", "*.example.com")]
    [InlineData("a.b.example.com", "*.example.com")]
    [InlineData("a.dev.Example.COM", "*.dev.example.com")]
    [InlineData("dev.example.com", "*.example.com")]
    [InlineData("badexample.com", "")]
    [InlineData("com", "")]
    [InlineData("", "")]
    [InlineData(".", "")]
    [InlineData("..example.com", "*.example.com")]
    [InlineData("127.0.0.1", "127.0.0.1")]
    [InlineData("[::1]", "[::1]")]
    [InlineData("127.0.0.2", "")]
    public void FindDomain_Host_TakesTheMostSpecificOne(string host, string expected)
    {
        var definition = new RoutesDefinition
        {
            DefaultTheme = "other",
            Domains = [.. new[] { "*.example.com", "example.com", "WWW.example.com", "*.dev.example.com", "127.0.0.1", "[::1]" }.Select((name, i) => new DomainDefinition { Domain = name, Theme = $"t{i}", At = new("", i, 1) })],
        };
        var domain = RouteTable.Build(definition, [])!.FindDomain(host);
        Assert.Equal(expected, domain.Name);
        Assert.Equal(expected.Length == 0, domain.Theme == "other");
    }

    [Theory]
    [InlineData("/old/{a}", "/new/{a}", "/old/x y", "/new/x%20y")]
    [InlineData("/old/{a}", "/new?q={a}&r=1", "/old/x&y=z#f", "/new?q=x%26y%3Dz%23f&r=1")]
    [InlineData("/old/{*p}", "/new/{p}", "/old/a/ü/c", "/new/a/%C3%BC/c")]
    [InlineData("/old/{*p}", "/{p}", "/old", "/")]
    [InlineData("/old/{*p}", "https://www.example.com/{p}", "/old/a/b", "https://www.example.com/a/b")]
    [InlineData("/{a}/{b}", "/{b}/{a}", "/1/2", "/2/1")]
    [InlineData("/old/{a}", "/{a}", "/old/\\evil.example", "/%5Cevil.example")]
    public void Redirect_WithNames_FillsThemEncoded(string pattern, string redirect, string path, string expected)
    {
        var table = RouteTable.Build(new() { StaticRoutes = [Definition("GET " + pattern, 1) with { Redirect = redirect }] }, [])!;
        var match = table.Other.Match("GET", path);
        Assert.Equal(expected, match.Route!.Redirect!.For(match.Values));
    }

    [Fact]
    public void Redirect_ValueWithSlashes_CantBecomeAnotherHost()
    {
        var table = RouteTable.Build(new() { StaticRoutes = [Definition("GET /old/{*p}", 1) with { Redirect = "/{p}" }] }, [])!;
        var match = table.Other.Match("GET", "/old//evil.example");
        Assert.Equal("/evil.example", match.Route!.Redirect!.For(match.Values));
    }

    [Fact]
    public void Values_OfAMatch_AreADictionary()
    {
        var values = Table(["GET /{x}/{y}"], []).FindDomain("localhost").Match("GET", "/1/2").Values;
        Assert.Equal([KeyValuePair.Create("x", "1"), KeyValuePair.Create("y", "2")], values);
        Assert.False(values.ContainsKey("z"));
        Assert.Throws<KeyNotFoundException>(() => values["z"]);
        Assert.Empty(RouteMatch.None.Values);
    }

    [Fact]
    public void Match_InTenThousandRoutes_FindsTheOneAndAllocatesNothing()
    {
        var domain = Table([.. Enumerable.Range(0, 10_000).Select(i => i % 2 == 0 ? $"GET /s{i % 100}/p{i}" : $"GET /s{i % 100}/{{a}}/p{i}/{{b}}")], []).FindDomain("localhost");
        Assert.Equal("GET /s8/p1108", Print(domain.Match("GET", "/s8/p1108")));
        Assert.Equal("GET /s9/{a}/p1109/{b} a=x b=y", Print(domain.Match("GET", "/s9/x/p1109/y")));

        Assert.Equal(0, Allocations.Of(() => domain.Match("GET", "/s8/p1108")));
    }

    [Fact]
    public void FindDomain_Host_AllocatesNothing()
    {
        var table = Table(["GET /"], []);
        Assert.Equal(0, Allocations.Of(() => table.FindDomain("a.b.c.LOCALHOST")));
    }

    [Fact]
    public void Match_PathThatTurnsBackEverywhere_IsNotFound()
    {
        // Each of the 13 levels offers a literal and a name, and only the last segment decides.
        string[] routes = [.. Enumerable.Range(0, 1 << 12).Select(set => "GET /" + string.Join('/', Enumerable.Range(0, 12).Select(level => (set >> level & 1) == 0 ? "a" : $"{{p{level}}}")) + "/end")];
        var domain = Table(routes, []).FindDomain("localhost");
        var path = "/" + string.Join('/', Enumerable.Repeat("a", 12)) + "/other";
        Assert.Equal(RouteMatchKind.None, domain.Match("GET", path).Kind);
    }

    private static RouteTable Table(string[] own, string[] shared)
    {
        var problems = new List<Problem>();
        var table = RouteTable.Build(
            new()
            {
                Domains = [new() { Domain = "localhost", Theme = "default", At = new("routes.json", 1, 1), Routes = [.. own.Select(Definition)] }],
                StaticRoutes = [.. shared.Select(Definition)],
            },
            problems);
        Assert.Empty(problems);
        return table!;
    }

    private static RouteDefinition Definition(string text, int line) =>
        new() { Method = text.Split(' ')[0], Path = text.Split(' ')[1], At = new("routes.json", line, 1), Name = "path" };

    private static string Print(RouteMatch match) => match.Kind switch
    {
        RouteMatchKind.Found => string.Join(' ', match.Values.Select(value => $"{value.Key}={value.Value}").Prepend(match.Route!.ToString())),
        RouteMatchKind.MethodNotAllowed => $"405 {match.Allow}",
        _ => "none",
    };
}
