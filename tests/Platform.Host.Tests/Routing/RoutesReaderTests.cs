using System.Text;
using Platform.Host.Routing;

namespace Platform.Host.Tests.Routing;

public sealed class RoutesReaderTests
{
    private const string Known = "known here: path, method, handler, template, enabled, description, redirect, status, cache, auth, content_type.";

    [Theory]
    [InlineData("\"handler\": \"x\"", "routes.json(2,1): static_routes[0].path: missing; expected a path such as /news/{id}.")]
    [InlineData("\"path\": \"/a\", \"tempalte\": \"x\"", "routes.json(2,16): static_routes[0].tempalte: unknown key \"tempalte\"; " + Known + " Did you mean \"template\"?")]
    [InlineData("\"path\": 5", "routes.json(2,10): static_routes[0].path: 5 is not text; expected a text. Put it in quotes.")]
    [InlineData("\"path\": \"a\"", "routes.json(2,10): static_routes[0].path: \"a\"; expected a path that begins with a slash.")]
    [InlineData("\"path\": \"/a/\"", "routes.json(2,10): static_routes[0].path: \"/a/\"; expected no slash at the end. Paths with one are redirected to those without.")]
    [InlineData("\"path\": \"//a\"", "routes.json(2,10): static_routes[0].path: \"//a\"; expected no empty segment. Write one slash.")]
    [InlineData("\"path\": \"/a/../b\"", "routes.json(2,10): static_routes[0].path: \"/a/../b\"; expected no . or .. as a segment.")]
    [InlineData("\"path\": \"/a?b\"", "routes.json(2,10): static_routes[0].path: \"/a?b\"; expected a path without ? and #. A query reaches the page anyway.")]
    [InlineData("\"path\": \"/a%20b\"", "routes.json(2,10): static_routes[0].path: \"/a%20b\"; expected a decoded path. Write the character itself instead of %.")]
    [InlineData("\"path\": \"/a\\\\b\"", "routes.json(2,10): static_routes[0].path: \"/a\\b\"; expected a path without backslashes and control characters.")]
    [InlineData("\"path\": \"/a-{b}\"", "routes.json(2,10): static_routes[0].path: \"/a-{b}\"; expected {name} or {*name} as a whole segment, the name of letters, digits and _.")]
    [InlineData("\"path\": \"/{}\"", "routes.json(2,10): static_routes[0].path: \"/{}\"; expected {name} or {*name} as a whole segment, the name of letters, digits and _.")]
    [InlineData("\"path\": \"/{a-b}\"", "routes.json(2,10): static_routes[0].path: \"/{a-b}\"; expected {name} or {*name} as a whole segment, the name of letters, digits and _.")]
    [InlineData("\"path\": \"/{*a}/b\"", "routes.json(2,10): static_routes[0].path: \"/{*a}/b\"; expected {*a} as the last segment only.")]
    [InlineData("\"path\": \"/{a}/{a}\"", "routes.json(2,10): static_routes[0].path: \"/{a}/{a}\"; expected each name once, not a twice.")]
    [InlineData("\"path\": \"/a\", \"method\": \"get\"", "routes.json(2,26): static_routes[0].method: \"get\"; expected GET, POST, PUT, PATCH, DELETE or *. Did you mean \"GET\"?")]
    [InlineData("\"path\": \"/a\", \"method\": \"HEAD\"", "routes.json(2,26): static_routes[0].method: \"HEAD\"; expected GET, POST, PUT, PATCH, DELETE or *. Leave it out for GET.")]
    [InlineData("\"path\": \"/a\", \"enabled\": \"true\"", "routes.json(2,27): static_routes[0].enabled: \"true\"; expected true or false. Leave it out for true.")]
    [InlineData("\"path\": \"/a\", \"handler\": \"a b\"", "routes.json(2,27): static_routes[0].handler: \"a b\"; expected the name of a handler, of letters, digits, -, _, ., : and /, at most 128.")]
    [InlineData("\"path\": \"/a\", \"template\": \"a.html\"", "routes.json(2,28): static_routes[0].template: \"a.html\"; expected a template's name without .html.")]
    [InlineData("\"path\": \"/a\", \"template\": \"../a\"", "routes.json(2,28): static_routes[0].template: \"../a\"; expected a page. What lies in widgets/ or begins with _ or . is part of one.")]
    [InlineData("\"path\": \"/a\", \"template\": \"a/__b\"", "routes.json(2,28): static_routes[0].template: \"a/__b\"; expected a page. What lies in widgets/ or begins with _ or . is part of one.")]
    [InlineData("\"path\": \"/a\", \"template\": \"/a\"", "routes.json(2,28): static_routes[0].template: \"/a\"; expected a template's name such as news/list, of letters, digits, -, _, . and /.")]
    [InlineData("\"path\": \"/a\", \"redirect\": \"//evil\"", "routes.json(2,10): static_routes[0].redirect: \"//evil\"; expected a path on this server such as /news, or an http(s) URL, with {name} behind the host only.")]
    [InlineData("\"path\": \"/{a}\", \"redirect\": \"http://{a}/\"", "routes.json(2,10): static_routes[0].redirect: \"http://{a}/\"; expected a path on this server such as /news, or an http(s) URL, with {name} behind the host only.")]
    [InlineData("\"path\": \"/{a}\", \"redirect\": \"https://h.example{a}\"", "routes.json(2,10): static_routes[0].redirect: \"https://h.example{a}\"; expected a path on this server such as /news, or an http(s) URL, with {name} behind the host only.")]
    [InlineData("\"path\": \"/a\", \"redirect\": \"javascript:alert(1)\"", "routes.json(2,10): static_routes[0].redirect: \"javascript:alert(1)\"; expected a path on this server such as /news, or an http(s) URL, with {name} behind the host only.")]
    [InlineData("\"path\": \"/a\", \"redirect\": \"/a\"", "routes.json(2,10): static_routes[0].redirect: leads to the route itself; expected another place.")]
    [InlineData("\"path\": \"/{a}\", \"redirect\": \"/x/{b}\"", "routes.json(2,10): static_routes[0].redirect: {b} is not captured; expected a name of the path \"/{a}\".")]
    [InlineData("\"path\": \"/a\", \"redirect\": \"/b\", \"status\": 303", "routes.json(2,44): static_routes[0].status: 303; expected 301, 302, 307 or 308. Leave it out for 302.")]
    [InlineData("\"path\": \"/a\", \"redirect\": \"/b\", \"status\": \"301\"", "routes.json(2,44): static_routes[0].status: \"301\" in quotes is text; expected a whole number from 301 to 308. Remove the quotes.")]
    [InlineData("\"path\": \"/a\", \"redirect\": \"/b\", \"template\": \"a\"", "routes.json(2,46): static_routes[0].template: beside redirect, which shows no page; expected one of the two. Remove one.")]
    [InlineData("\"path\": \"/a\", \"status\": 301", "routes.json(2,26): static_routes[0].status: without redirect; expected both or neither. Remove it: a plugin gives a page's status.")]
    [InlineData("\"path\": \"/a\", \"cache\": true", "routes.json(2,25): static_routes[0].cache: true; expected false, or a map with the keys ttl, vary_query. Leave it out to keep the page as config.yaml says.")]
    [InlineData("\"path\": \"/a\", \"cache\": { \"ttl\": 0 }", "routes.json(2,34): static_routes[0].cache.ttl: 0; expected a whole number of seconds from 1 to 31536000. Leave it out for that of config.yaml.")]
    [InlineData("\"path\": \"/a\", \"cache\": { \"vary\": [] }", "routes.json(2,27): static_routes[0].cache.vary: unknown key \"vary\"; known here: ttl, vary_query. Did you mean \"vary_query\"?")]
    [InlineData("\"path\": \"/a\", \"cache\": { \"vary_query\": [\"a*\"] }", "routes.json(2,42): static_routes[0].cache.vary_query[0]: \"a*\"; expected the whole name of a query parameter.")]
    [InlineData("\"path\": \"/a\", \"auth\": []", "routes.json(2,24): static_routes[0].auth: an empty list; expected true, or a list of permissions. Write true for any visitor who has signed in.")]
    [InlineData("\"path\": \"/a\", \"auth\": \"admin\"", "routes.json(2,24): static_routes[0].auth: \"admin\"; expected true, or a list of permissions. Write true for any visitor who has signed in.")]
    [InlineData("\"path\": \"/a\", \"auth\": [\"a b\"]", "routes.json(2,25): static_routes[0].auth[0]: \"a b\"; expected the name of a permission, without spaces, at most 128 characters.")]
    [InlineData("\"path\": \"/a\", \"content_type\": \"*/*\"", "routes.json(2,32): static_routes[0].content_type: \"*/*\"; expected a content type such as application/atom+xml; charset=utf-8.")]
    [InlineData("\"path\": \"/a\", \"content_type\": \"text/html\\r\\nX: y\"", "routes.json(2,32): static_routes[0].content_type: \"text/html??X: y\"; expected a content type such as application/atom+xml; charset=utf-8.")]
    public void Read_BadRoute_IsRefusedWithThisMessage(string route, string message) => Assert.Equal(message, Assert.Single(Problems($"{{ \"static_routes\": [\n{{{route}}} ] }}")));

    [Theory]
    [InlineData("{ \"theme\": \"a\" }", "routes.json(1,16): domains[0].domain: missing; expected a host such as www.example.com, an address, or *.example.com.")]
    [InlineData("{ \"domain\": \"*\" }", "routes.json(1,28): domains[0].domain: \"*\"; expected a host or *.suffix. Hosts that no domain matches have default_theme.")]
    [InlineData("{ \"domain\": \"localhost:8080\" }", "routes.json(1,28): domains[0].domain: \"localhost:8080\"; expected a host without a port. The port never matters.")]
    [InlineData("{ \"domain\": \"[::1\" }", "routes.json(1,28): domains[0].domain: \"[::1\"; expected an IPv6 address in brackets.")]
    [InlineData("{ \"domain\": \"a.*.example\" }", "routes.json(1,28): domains[0].domain: \"a.*.example\"; expected a host such as www.example.com, an address, or *.example.com.")]
    [InlineData("{ \"domain\": \"bücher.example\" }", "routes.json(1,28): domains[0].domain: \"bücher.example\"; expected ASCII. Write the name in its xn-- form.")]
    [InlineData("{ \"domain\": \"10.1\" }", "routes.json(1,28): domains[0].domain: \"10.1\"; expected a host such as www.example.com, an address, or *.example.com.")]
    [InlineData("{ \"domain\": \"a\", \"theme\": \"../b\" }", "routes.json(1,42): domains[0].theme: \"../b\"; expected the name of a theme, of letters, digits, - and _, at most 64.")]
    [InlineData("{ \"domain\": \"a\" }, { \"domain\": \"A\" }", "routes.json(1,47): the domain \"A\" a second time, first in line 1; expected each domain once. Put its routes together.")]
    [InlineData("\"localhost\"", "routes.json(1,16): domains[0]: \"localhost\"; expected a map with the keys domain, theme, routes.")]
    [InlineData("{ \"domain\": \"a\", \"routes\": {} }", "routes.json(1,43): domains[0].routes: a map; expected a list.")]
    public void Read_BadDomain_IsRefusedWithThisMessage(string domains, string message) => Assert.Equal(message, Assert.Single(Problems($"{{ \"domains\": [ {domains} ] }}")));

    [Theory]
    [InlineData("/a", "GET", "/a", "GET")]
    [InlineData("/a", "*", "/a", "*")]
    [InlineData("/a/{x}", "GET", "/a/{y}", "GET")]
    [InlineData("/a/{*x}", "POST", "/a/{*y}", "POST")]
    public void Read_RoutesThatCantBeToldApart_AreRefusedNamingBoth(string first, string firstMethod, string second, string secondMethod)
    {
        var json = $$"""
            { "domains": [ { "domain": "localhost", "routes": [
                { "path": "{{first}}", "method": "{{firstMethod}}" },
                { "path": "{{second}}", "method": "{{secondMethod}}" } ] } ] }
            """;
        Assert.Equal($"routes.json(3,15): domains[0].routes[1].path: {secondMethod} {second} can't be told apart from {firstMethod} {first} in line 2; expected one route for a path and method. Remove one, or change it.", Assert.Single(Problems(json)));
    }

    [Theory]
    [InlineData("/a", "GET", "/a", "POST", "true")]
    [InlineData("/a", "GET", "/a", "*", "true")]
    [InlineData("/a/{x}", "GET", "/a/{*x}", "GET", "true")]
    [InlineData("/a/{x}", "GET", "/{x}/a", "GET", "true")]
    [InlineData("/a", "GET", "/A", "GET", "true")]
    [InlineData("/a", "GET", "/a", "GET", "false")]
    public void Read_RoutesThatCanBeToldApart_AreAccepted(string first, string firstMethod, string second, string secondMethod, string enabled) =>
        Assert.Empty(Problems($$"""{ "static_routes": [ { "path": "{{first}}", "method": "{{firstMethod}}" }, { "path": "{{second}}", "method": "{{secondMethod}}", "enabled": {{enabled}} } ] }"""));

    [Fact]
    public void Read_ManyProblems_AreAllReportedInTheOrderOfTheFile()
    {
        var problems = Problems("{ \"x\": 1,\n\"domains\": [ { \"domain\": \"a\", \"routes\": [\n{ \"path\": \"b\" },\n{ \"path\": \"/c\", \"method\": \"x\" },\n{ \"path\": \"/c\" } ] } ] }");
        Assert.Equal(["routes.json(1,3)", "routes.json(3,11)", "routes.json(4,27)", "routes.json(5,11)"], problems.Select(problem => problem.Split(": ")[0]));
    }

    [Fact]
    public void Read_EverySetting_ReachesTheRoute()
    {
        var result = RoutesReader.Parse(Encoding.UTF8.GetBytes("""
            { "default_theme": "plain", "domains": [ { "domain": "A.Example", "routes": [
                { "path": "/a", "handler": "h", "template": "t/x", "description": "d", "content_type": "text/plain",
                  "cache": { "ttl": 60, "vary_query": ["p"] }, "auth": ["news.write", "news.read"] },
                { "path": "/b", "cache": false, "auth": true },
                { "path": "/c", "cache": { "vary_query": [] }, "auth": false },
                { "path": "/d/{x}", "redirect": "/e/{x}" } ] } ] }
            """), "routes.json");
        Assert.Empty(result.Problems);
        var domain = result.Table!.FindDomain("a.example");
        Assert.Equal("plain", domain.Theme);
        Assert.Equal("a.example", domain.Name);

        var a = domain.Match("GET", "/a").Route!;
        Assert.Equal(("h", "t/x", false, "d", "text/plain"), (a.Handler, a.Template, a.IsJson, a.Definition.Description, a.ContentType));
        Assert.Equal((true, TimeSpan.FromSeconds(60)), (a.Cache.IsEnabled, a.Cache.TimeToLive));
        Assert.Equal(["p"], a.Cache.VaryQuery!);
        Assert.Equal(["news.write", "news.read"], a.Auth!.Permissions);
        Assert.Equal(("routes.json", 2, 15), (a.Definition.At.File, a.Definition.At.Line, a.Definition.At.Column));

        var b = domain.Match("GET", "/b").Route!;
        Assert.Equal((null, null, false), (b.Handler, b.Template, b.Cache.IsEnabled));
        Assert.Empty(b.Auth!.Permissions);

        var c = domain.Match("GET", "/c").Route!;
        Assert.Null(c.Auth);
        Assert.Empty(c.Cache.VaryQuery!);
        Assert.Null(c.Cache.TimeToLive);

        var d = domain.Match("GET", "/d/1");
        Assert.Equal((302, "/e/1"), (d.Route!.Status, d.Route.Redirect!.For(d.Values)));
        Assert.Null(d.Route.Cache.VaryQuery);
    }

    private static string[] Problems(string json) => [.. RoutesReader.Parse(Encoding.UTF8.GetBytes(json), "routes.json").Problems.Select(problem => problem.ToString())];
}
