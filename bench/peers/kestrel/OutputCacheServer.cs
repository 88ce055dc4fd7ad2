namespace Platform.Bench.Kestrel;

/// <summary>What a site gets who only switches ASP.NET Core's output caching on: one minimal endpoint, kept in memory.</summary>
internal static class OutputCacheServer
{
    internal static WebApplication Build(string url, string page)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddOutputCache();
        var server = builder.Build();
        server.Urls.Add(url);
        server.UseOutputCache();
        server.MapGet("/", () => Results.Content(page, "text/html; charset=utf-8"))
            .CacheOutput(policy => policy.Expire(TimeSpan.FromHours(1)));
        return server;
    }
}
