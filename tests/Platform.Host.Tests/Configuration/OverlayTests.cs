using System.Text;
using Platform.Host.Configuration;
using static Platform.Host.Tests.Configuration.Written;

namespace Platform.Host.Tests.Configuration;

public sealed class OverlayTests
{
    [Fact]
    public void Environment_WithDoubleUnderscore_OverridesTheFile()
    {
        var site = Options(
            "cache: { ttl: 5 }\nplugins: { each: { bas-site: { order: 3, settings: { Title: a, Size: 1 } } } }\n",
            ("PLATFORM_CACHE__TTL", "60"),
            ("PLATFORM_CACHE__ENABLED", "false"),
            ("PLATFORM_REDIS__PASSWORD", "4711"),
            ("PLATFORM_REDIS__CONNECTION", "one:1,two:2"),
            ("PLATFORM_IP_ACCESS_CONTROL__ALLOW", "10.0.0.0/8, ::1"),
            ("PLATFORM_SERVER__URLS", "http://*:80,http://[::1]:81"),
            ("PLATFORM_PLUGINS__EACH__BAS_SITE__ORDER", "4"),
            ("PLATFORM_PLUGINS__EACH__BAS_SITE__SETTINGS__TITLE", "b"),
            ("PLATFORM_LOGGING__FILE", ""));

        Assert.Equal(60, site.Cache.TimeToLive.TotalSeconds);
        Assert.False(site.Cache.Enabled);
        Assert.Equal("4711", site.Redis.Password.Value);
        Assert.Equal(2, site.Redis.Endpoints.Count);
        Assert.Equal(["10.0.0.0/8", "::1"], site.IpAccess.Allow.Select(network => network.ToString()));
        Assert.Equal(["http://*:80", "http://[::1]:81"], site.Server.Urls.Select(url => url.ToString()));
        Assert.Equal(4, site.Plugins.For("bas-site").Order);
        Assert.Equal("b", site.Plugins.For("bas-site").Settings["Title"]);
        Assert.Equal(1L, site.Plugins.For("bas-site").Settings["Size"]);
        Assert.Equal("", site.Logging.File);
    }

    [Theory]
    [InlineData("PLATFORM_CACH__TTL", "60", "environment: PLATFORM_CACH__TTL: unknown key \"cach\"; known here: server, ip_access_control, cache, redis, templates, plugins, api, auth, logging. Did you mean \"cache\"?")]
    [InlineData("PLATFORM_CACHE__TTL_S", "60", "environment: PLATFORM_CACHE__TTL_S: unknown key \"ttl_s\"; known here: enabled, strategy, ttl, max_size_mb, max_entry_kb, stale_while_revalidate, stale_if_error, ignore_query. Did you mean \"ttl\"?")]
    [InlineData("PLATFORM_CACHE__TTL", "soon", "environment: PLATFORM_CACHE__TTL: \"soon\"; expected a whole number of seconds from 1 to 31536000. Leave it out for 3600.")]
    [InlineData("PLATFORM_CACHE__TTL", "", "environment: PLATFORM_CACHE__TTL: \"\"; expected a whole number of seconds from 1 to 31536000. Leave it out for 3600.")]
    [InlineData("PLATFORM_CACHE__TTL__X", "1", "environment: PLATFORM_CACHE__TTL__X: a map; expected a whole number of seconds from 1 to 31536000. Leave it out for 3600.")]
    [InlineData("PLATFORM__CACHE__TTL", "60", "environment: PLATFORM__CACHE__TTL: unknown key \"_cache\"; known here: server, ip_access_control, cache, redis, templates, plugins, api, auth, logging. Did you mean \"cache\"?")]
    [InlineData("PLATFORM_IP_ACCESS_CONTROL__DENY", "10.0.0.0/8,10.1", "environment: PLATFORM_IP_ACCESS_CONTROL__DENY: \"10.1\"; expected four decimal numbers such as 192.0.2.1, or IPv6.")]
    public void Environment_BadVariable_IsRefusedByItsName(string name, string value, string message) => Assert.Equal(message, Problem("", (name, value)));

    [Theory]
    [InlineData("PLATFORM_HOME", "x")]
    [InlineData("PLATFORM_CACHE", "x")]
    [InlineData("platform_cache__ttl", "x")]
    [InlineData("OTHER_CACHE__TTL", "x")]
    public void Environment_OtherVariable_IsIgnored(string name, string value) => Options("", (name, value));

    [Fact]
    public void Environment_OverAScalarSection_LeavesTheFilesProblem() =>
        Assert.StartsWith("config.yaml(1,8): cache: memory; expected a map", Problem("cache: memory\n", ("PLATFORM_CACHE__TTL", "60")), StringComparison.Ordinal);

    [Fact]
    public void CommandLine_Urls_OverrideTheEnvironment()
    {
        var result = ConfigurationReader.Parse(
            Encoding.UTF8.GetBytes("server: { urls: http://localhost:1 }\n"),
            "/site/config.yaml",
            new Dictionary<string, string> { ["PLATFORM_SERVER__URLS"] = "http://localhost:2" },
            new Dictionary<string, string> { ["--urls"] = "http://localhost:3" });
        Assert.Equal(3, Assert.Single(result.Options!.Server.Urls).Port);
    }

    [Fact]
    public void CommandLine_BadUrls_AreRefusedByTheOptionsName()
    {
        var result = ConfigurationReader.Parse(default, "/site/config.yaml", Nothing, new Dictionary<string, string> { ["--urls"] = "localhost:3" });
        Assert.Equal("command line: --urls: \"localhost:3\"; expected http://host:port, the host localhost, an address or *, without a path.", Assert.Single(result.Problems).ToString());
    }
}
