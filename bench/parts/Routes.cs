using BenchmarkDotNet.Attributes;
using Platform.Host.Configuration;
using Platform.Host.Routing;

namespace Platform.Bench.Parts;

/// <summary>Finding a request's route among ten thousand.</summary>
public class Routes
{
    private readonly DomainRoutes domain = Domain();

    [Benchmark(Description = "route, literal")]
    public RouteMatch Literal() => domain.Match("GET", "/section-42/article-4243");

    [Benchmark(Description = "route, with values")]
    public RouteMatch WithValues() => domain.Match("GET", "/section-42/news/article-4242");

    [Benchmark(Description = "route, none")]
    public RouteMatch None() => domain.Match("GET", "/section-42/news/none");

    private static DomainRoutes Domain()
    {
        var at = new Position("routes.json", 1, 1);
        RouteDefinition Route(int n) => new() { Path = n % 2 == 1 ? $"/section-{n % 97}/article-{n}" : $"/section-{n % 97}/{{kind}}/article-{n}", At = at, Name = "path" };
        List<RouteDefinition> routes = [.. Enumerable.Range(0, 10_000).Select(Route), new() { Path = "/section-42/article-4243", At = at, Name = "path" }, new() { Path = "/section-42/{kind}/article-4242", At = at, Name = "path" }];
        var problems = new List<Problem>();
        var table = RouteTable.Build(new() { Domains = [new() { Domain = "www.example.com", Theme = "default", Routes = [.. routes.DistinctBy(route => route.Path)], At = at }] }, problems);
        return table?.FindDomain("www.example.com") ?? throw new InvalidOperationException(string.Join('\n', problems));
    }
}
