using Microsoft.Extensions.Logging;
using Platform.Host.Configuration;
using static Platform.Host.Tests.Configuration.Written;

namespace Platform.Host.Tests.Configuration;

public sealed class ConfigurationReaderTests
{
    [Theory]
    [InlineData("cache:\n  ttl_s: 5\n", "config.yaml(2,3): cache.ttl_s: unknown key \"ttl_s\"; known here: enabled, strategy, ttl, max_size_mb, max_entry_kb, stale_while_revalidate, stale_if_error, ignore_query. Did you mean \"ttl\"?")]
    [InlineData("cach:\n  ttl: 5\n", "config.yaml(1,1): cach: unknown key \"cach\"; known here: server, ip_access_control, cache, redis, templates, plugins, api, auth, logging. Did you mean \"cache\"?")]
    [InlineData("templates:\n  zzz: 5\n", "config.yaml(2,3): templates.zzz: unknown key \"zzz\"; known here: engine, render_timeout_ms, max_output_kb, max_steps. Remove it.")]
    [InlineData("plugins:\n  each:\n    news: { timeout: 5 }\n", "config.yaml(3,13): plugins.each.news.timeout: unknown key \"timeout\"; known here: timeout_ms, settings, enabled, order, isolation, group, command, required, last_good, deadlines, concurrency, global_data_ttl, result, child. Did you mean \"timeout_ms\"?")]
    [InlineData("cache:\n  ttl: 0\n", "config.yaml(2,8): cache.ttl: 0; expected a whole number of seconds from 1 to 31536000. Leave it out for 3600.")]
    [InlineData("cache:\n  ttl: 99999999999999999999\n", "config.yaml(2,8): cache.ttl: 99999999999999999999; expected a whole number of seconds from 1 to 31536000. Leave it out for 3600.")]
    [InlineData("cache: { ttl: \"60\" }\n", "config.yaml(1,15): cache.ttl: \"60\" in quotes is text; expected a whole number of seconds from 1 to 31536000. Remove the quotes.")]
    [InlineData("cache: { ttl: 1e3 }\n", "config.yaml(1,15): cache.ttl: 1e3; expected a whole number of seconds from 1 to 31536000. Leave it out for 3600.")]
    [InlineData("cache: { ttl: 010 }\n", "config.yaml(1,15): cache.ttl: 010; expected a whole number of seconds from 1 to 31536000. Leave it out for 3600.")]
    [InlineData("cache: { ttl: [1] }\n", "config.yaml(1,15): cache.ttl: a list; expected a whole number of seconds from 1 to 31536000. Leave it out for 3600.")]
    [InlineData("cache: { enabled: yes }\n", "config.yaml(1,19): cache.enabled: yes; expected true or false. Leave it out for true.")]
    [InlineData("cache: { enabled: True }\n", "config.yaml(1,19): cache.enabled: True; expected true or false. Leave it out for true.")]
    [InlineData("cache: { enabled: \"false\" }\n", "config.yaml(1,19): cache.enabled: \"false\"; expected true or false. Leave it out for true.")]
    [InlineData("cache: { strategy: memry }\n", "config.yaml(1,20): cache.strategy: memry; expected memory, redis or hybrid. Did you mean \"memory\"?")]
    [InlineData("cache: { strategy: 5 }\n", "config.yaml(1,20): cache.strategy: 5; expected memory, redis or hybrid. Leave it out for memory.")]
    [InlineData("cache: { strategy: redis }\n", "config.yaml(1,20): cache.strategy: needs Redis; expected memory where redis.connection is empty. Set redis.connection, or leave strategy out.")]
    [InlineData("cache: { max_size_mb: 1, max_entry_kb: 1025 }\n", "config.yaml(1,40): cache.max_entry_kb: 1025 KB; expected at most max_size_mb, which is 1 MB. Lower the one or raise the other.")]
    [InlineData("cache: { ignore_query: [a*b] }\n", "config.yaml(1,25): cache.ignore_query[0]: \"a*b\"; expected the name of a query parameter, with * at most at its end.")]
    [InlineData("cache: { ignore_query: gclid }\n", "config.yaml(1,24): cache.ignore_query: gclid; expected a list, even of one: [gclid].")]
    [InlineData("cache: memory\n", "config.yaml(1,8): cache: memory; expected a map with the keys enabled, strategy, ttl, max_size_mb, max_entry_kb, stale_while_revalidate, stale_if_error, ignore_query.")]
    [InlineData("- cache\n", "config.yaml(1,1): a list; expected a map with the keys server, ip_access_control, cache, redis, templates, plugins, api, auth, logging.")]
    [InlineData("templates: { engine: liquid }\n", "config.yaml(1,22): templates.engine: liquid; expected platform or handlebars.net. Leave it out for platform.")]
    [InlineData("server: { urls: \"https://localhost:8443\" }\n", "config.yaml(1,17): server.urls[0]: \"https://localhost:8443\"; expected http://host:port. Let a proxy in front end TLS.")]
    [InlineData("server: { urls: [\"http://localhost\"] }\n", "config.yaml(1,18): server.urls[0]: \"http://localhost\"; expected http://host:port, the host localhost, an address or *, without a path.")]
    [InlineData("server: { urls: [\"http://www.example.com:80\"] }\n", "config.yaml(1,18): server.urls[0]: \"http://www.example.com:80\"; expected http://host:port, the host localhost, an address or *, without a path.")]
    [InlineData("server: { urls: [\"http://*:80/x\"] }\n", "config.yaml(1,18): server.urls[0]: \"http://*:80/x\"; expected http://host:port, the host localhost, an address or *, without a path.")]
    [InlineData("server: { urls: [\"http://*:65536\"] }\n", "config.yaml(1,18): server.urls[0]: \"http://*:65536\"; expected http://host:port, the host localhost, an address or *, without a path.")]
    [InlineData("server: { urls: [] }\n", "config.yaml(1,17): server.urls: an empty list; expected at least one entry. Leave it out for the default.")]
    [InlineData("server: { urls: [\"http://*:80\", \"http://*:80\"] }\n", "config.yaml(1,17): server.urls: http://*:80 twice; expected each once. Remove one.")]
    [InlineData("server: { data_folder: \"\" }\n", "config.yaml(1,24): server.data_folder: \"\"; expected a path from the site root, or a full path.")]
    [InlineData("server: { content_security_policy: \"a\\nb\" }\n", "config.yaml(1,36): server.content_security_policy: \"a?b\"; expected printable ASCII characters in one line.")]
    [InlineData("ip_access_control: { allow: [10.0.0.1/8] }\n", "config.yaml(1,30): ip_access_control.allow[0]: \"10.0.0.1/8\"; expected a network without bits behind its prefix. Write 10.0.0.0/8 for the network, or 10.0.0.1 for the one address.")]
    [InlineData("ip_access_control: { deny: [10.1] }\n", "config.yaml(1,29): ip_access_control.deny[0]: \"10.1\"; expected four decimal numbers such as 192.0.2.1, or IPv6.")]
    [InlineData("ip_access_control: { deny: 10.0.0.1 }\n", "config.yaml(1,28): ip_access_control.deny: 10.0.0.1; expected a list, even of one: [10.0.0.1].")]
    [InlineData("ip_access_control: { deny: [{}] }\n", "config.yaml(1,29): ip_access_control.deny[0]: a map; expected a text.")]
    [InlineData("ip_access_control: { unlisted: warm }\n", "config.yaml(1,32): ip_access_control.unlisted: warm; expected warn, allow or deny. Did you mean \"warn\"?")]
    [InlineData("redis: { connection: \"one:6379,two\" }\n", "config.yaml(1,22): redis.connection: \"two\"; expected host:port with a port from 1 to 65535.")]
    [InlineData("redis: { password: 4711 }\n", "config.yaml(1,20): redis.password: not a text; expected a text. Put it in quotes.")]
    [InlineData("redis: { prefix: \"a b\" }\n", "config.yaml(1,18): redis.prefix: \"a b\"; expected a prefix of letters, digits, -, _, . and :, at most 64.")]
    [InlineData("redis: { prefix: 7 }\n", "config.yaml(1,18): redis.prefix: 7 is not text; expected a text. Put it in quotes.")]
    [InlineData("auth: { secret_key: too-short-to-be-safe }\n", "config.yaml(1,21): auth.secret_key: 20 characters; expected at least 32. Write a longer one, or leave it out.")]
    [InlineData("auth: { sign_in_path: //evil.example }\n", "config.yaml(1,23): auth.sign_in_path: \"//evil.example\"; expected a path on this server such as /sign-in.")]
    [InlineData("auth: { sign_in_path: '/\\evil.example' }\n", "config.yaml(1,23): auth.sign_in_path: \"/\\evil.example\"; expected a path on this server such as /sign-in.")]
    [InlineData("plugins: { each: { \"a b\": {} } }\n", "config.yaml(1,20): plugins.each: \"a b\"; expected a name of letters, digits, -, _ and ., at most 64.")]
    [InlineData("plugins: { each: { \"..\": {} } }\n", "config.yaml(1,20): plugins.each: \"..\"; expected a name of letters, digits, -, _ and ., at most 64.")]
    [InlineData("plugins: { each: [news] }\n", "config.yaml(1,18): plugins.each: a list; expected a map of plugins.")]
    [InlineData("plugins: { each: { news: { settings: 5 } } }\n", "config.yaml(1,38): plugins.each.news.settings: 5; expected a map of settings.")]
    [InlineData("plugins: { each: { news: { settings: { n: 99999999999999999999 } } } }\n", "config.yaml(1,43): 99999999999999999999; expected a number that fits 64 bits. Put it in quotes to hand it on as text.")]
    [InlineData("api: { apps: { news: [a] } }\n", "config.yaml(1,22): api.apps.news: a list; expected a text.")]
    [InlineData("logging: { file: a.log, access_file: a.log }\n", "config.yaml(1,38): logging.access_file: a.log, as file; expected another. Give each its own.")]
    [InlineData("server: { inline_hits: 1 }\n", "config.yaml(1,24): server.inline_hits: 1; expected true or false. Leave it out for true.")]
    [InlineData("logging: { level: info }\n", "config.yaml(1,19): logging.level: info; expected debug, information, warning or error. Did you mean \"information\"?")]
    public void Read_BadInput_IsRefusedWithThisMessage(string yaml, string message) => Assert.Equal(message, Problem(yaml));

    [Fact]
    public void Read_ManyProblems_AreAllReportedInTheOrderOfTheFile()
    {
        var result = Yaml("logging: { level: loud }\ncache:\n  ttl: 0\n  max_size: 5\nredis: { database: 16 }\n", ("PLATFORM_AUTH__SIGN_IN_PATH", "x"));
        Assert.Null(result.Options);
        Assert.Equal(
            ["config.yaml(1,19)", "config.yaml(3,8)", "config.yaml(4,3)", "config.yaml(5,20)", "environment"],
            result.Problems.Select(problem => problem.ToString().Split(": ")[0]));
    }

    [Fact]
    public void Read_NoFile_SaysWhereItWasLookedFor()
    {
        var result = ConfigurationReader.Read("/nowhere/config.yaml", Nothing, Nothing);
        Assert.Equal("config.yaml: no such file; expected it at /nowhere/config.yaml. Create it, or name another with --config.", Assert.Single(result.Problems).ToString());
    }

    [Fact]
    public void Read_UnchangedFileWithoutAProblem_IsNotReadAgain()
    {
        var folder = Directory.CreateTempSubdirectory("configuration-");
        try
        {
            var path = Path.Combine(folder.FullName, "config.yaml");
            var good = Reread("cache: { ttl: 7 }\n", null);
            Assert.Same(good, Reread("cache: { ttl: 7 }\n", good));
            Assert.NotSame(good, Reread("cache: { ttl: 8 }\n", good));
            var bad = Reread("cache: { ttl: 0 }\n", good);
            Assert.Equal("cache.ttl", Assert.Single(bad.Problems).Message.Split(": ")[0]);
            Assert.NotSame(bad, Reread("cache: { ttl: 0 }\n", bad));
            File.Delete(path);
            Assert.StartsWith("no such file", Assert.Single(ConfigurationReader.Read(path, Nothing, Nothing, good).Problems).Message, StringComparison.Ordinal);

            ConfigurationResult Reread(string yaml, ConfigurationResult? before)
            {
                File.WriteAllText(path, yaml);
                return ConfigurationReader.Read(path, Nothing, Nothing, before);
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Theory]
    [InlineData("server", "max_connections", 1, 1_000_000)]
    [InlineData("server", "max_body_kb", 1, 1_048_576)]
    [InlineData("server", "shutdown_seconds", 0, 3600)]
    [InlineData("ip_access_control", "confirm_days", 1, 3650)]
    [InlineData("cache", "ttl", 1, 31_536_000)]
    [InlineData("cache", "max_size_mb", 1, 65_536)]
    [InlineData("cache", "max_entry_kb", 1, 65_536)]
    [InlineData("cache", "stale_while_revalidate", 0, 86_400)]
    [InlineData("cache", "stale_if_error", 0, 86_400)]
    [InlineData("redis", "database", 0, 15)]
    [InlineData("redis", "timeout_ms", 1, 10_000)]
    [InlineData("templates", "render_timeout_ms", 10, 60_000)]
    [InlineData("templates", "max_output_kb", 1, 65_536)]
    [InlineData("templates", "max_steps", 1_000, 100_000_000)]
    [InlineData("plugins", "timeout_ms", 10, 60_000)]
    [InlineData("plugins", "concurrency", 1, 256)]
    [InlineData("plugins", "global_data_ttl", 0, 86_400)]
    [InlineData("plugins", "failures_until_off", 1, 1000)]
    [InlineData("plugins", "off_seconds", 1, 86_400)]
    [InlineData("plugins.each.news", "order", 0, 10_000)]
    [InlineData("plugins.each.news", "timeout_ms", 10, 60_000)]
    [InlineData("plugins.each.news", "concurrency", 1, 256)]
    [InlineData("plugins.each.news", "global_data_ttl", 0, 86_400)]
    [InlineData("logging", "max_files", 1, 10_000)]
    [InlineData("logging", "max_file_mb", 1, 10_240)]
    public void Read_Number_IsAcceptedFromItsLeastToItsGreatestValueOnly(string section, string key, int min, int max)
    {
        Assert.Empty(Yaml(Section(min)).Problems);
        Assert.Empty(Yaml(Section(max)).Problems);
        Assert.StartsWith($"{section}.{key}: {min - 1}; expected a whole number", Assert.Single(Yaml(Section(min - 1)).Problems).Message, StringComparison.Ordinal);
        Assert.StartsWith($"{section}.{key}: {max + 1}; expected a whole number", Assert.Single(Yaml(Section(max + 1)).Problems).Message, StringComparison.Ordinal);

        string Section(int value) => section.Split('.').Reverse().Aggregate($"{{ {key}: {value} }}", (inner, name) => $"{{ {name}: {inner} }}") + "\n";
    }

    [Fact]
    public void Read_EmptyFile_GivesEveryDefault()
    {
        var site = Options("");
        Assert.Equal("/site", site.Root);
        Assert.Equal("/site/data", site.PathOf(site.Server.DataFolder));

        Assert.Equal(["http://localhost:8080"], site.Server.Urls.Select(url => url.ToString()));
        Assert.Equal(ServerEnvironment.Production, site.Server.Environment);
        Assert.Equal(10_000, site.Server.MaxConnections);
        Assert.Equal(1024 * 1024, site.Server.MaxBodyBytes);
        Assert.Equal(TimeSpan.FromSeconds(30), site.Server.Shutdown);
        Assert.Empty(site.Server.TrustedProxies);
        Assert.Equal("frame-ancestors 'self'; base-uri 'self'; object-src 'none'; form-action 'self'", site.Server.ContentSecurityPolicy);

        Assert.True(site.IpAccess.Enabled);
        Assert.Empty(site.IpAccess.Allow);
        Assert.Empty(site.IpAccess.Deny);
        Assert.Equal(UnlistedAccess.Warn, site.IpAccess.Unlisted);
        Assert.Equal(TimeSpan.FromDays(30), site.IpAccess.Confirmation);

        Assert.True(site.Cache.Enabled);
        Assert.Equal(CacheStrategy.Memory, site.Cache.Strategy);
        Assert.Equal(TimeSpan.FromHours(1), site.Cache.TimeToLive);
        Assert.Equal(64L << 20, site.Cache.MaxSizeBytes);
        Assert.Equal(1L << 20, site.Cache.MaxEntryBytes);
        Assert.Equal(["utm_*", "fbclid", "gclid"], site.Cache.IgnoreQuery);

        Assert.False(site.Redis.IsConfigured);
        Assert.True(site.Redis.Password.IsEmpty);
        Assert.Equal(0, site.Redis.Database);
        Assert.Equal(TimeSpan.FromMilliseconds(50), site.Redis.Timeout);
        Assert.Equal("platform", site.Redis.Prefix);

        Assert.Equal(TemplateEngine.Platform, site.Templates.Engine);
        Assert.Equal(TimeSpan.FromMilliseconds(500), site.Templates.RenderTimeout);
        Assert.Equal(8L << 20, site.Templates.MaxOutputBytes);

        Assert.Equal(TimeSpan.FromSeconds(1), site.Plugins.Timeout);
        Assert.Equal(8, site.Plugins.Concurrency);
        Assert.Equal(TimeSpan.FromMinutes(5), site.Plugins.GlobalDataTimeToLive);
        Assert.Equal(5, site.Plugins.FailuresUntilOff);
        Assert.Equal(TimeSpan.FromSeconds(30), site.Plugins.Off);
        Assert.Empty(site.Plugins.Each);
        Assert.Empty(site.Api.Apps);

        Assert.Equal("/sign-in", site.Auth.SignInPath);
        Assert.True(site.Auth.SecretKey.IsEmpty);

        Assert.Equal(LogLevel.Information, site.Logging.Level);
        Assert.True(site.Logging.Console);
        Assert.True(site.Logging.Access);
        Assert.Equal("logs/platform-.log", site.Logging.File);
        Assert.Equal(14, site.Logging.MaxFiles);
        Assert.Equal(50L << 20, site.Logging.MaxFileBytes);
    }

    [Fact]
    public void Read_Plugin_HasItsOwnValuesAndElseThoseOfAll()
    {
        var plugins = Options("plugins:\n  timeout_ms: 700\n  concurrency: 3\n  each:\n    news: { order: 10, timeout_ms: 200, settings: { limit: 5 } }\n    old: { enabled: false }\n").Plugins;

        var (news, old, other) = (plugins.For("news"), plugins.For("old"), plugins.For("other"));
        Assert.Equal((true, 10, 200, 3, 300), (news.Enabled, news.Order, (int)news.Timeout.TotalMilliseconds, news.Concurrency, (int)news.GlobalDataTimeToLive.TotalSeconds));
        Assert.Equal(5L, news.Settings["limit"]);
        Assert.Equal((false, 100, 700, 3, 300), (old.Enabled, old.Order, (int)old.Timeout.TotalMilliseconds, old.Concurrency, (int)old.GlobalDataTimeToLive.TotalSeconds));
        Assert.Equal((true, 100, 700, 3, 300), (other.Enabled, other.Order, (int)other.Timeout.TotalMilliseconds, other.Concurrency, (int)other.GlobalDataTimeToLive.TotalSeconds));
    }

    [Fact]
    public void Read_RedisWithoutStrategy_IsHybrid()
    {
        var site = Options("redis: { connection: \"one:6379, [::1]:6380\" }\n");
        Assert.Equal(CacheStrategy.Hybrid, site.Cache.Strategy);
        Assert.Equal([new HostPort("one", 6379), new HostPort("::1", 6380)], site.Redis.Endpoints);
    }

    [Fact]
    public void Read_KeyWithoutValue_IsAsIfLeftOut() => Assert.Equal(TimeSpan.FromHours(1), Options("cache:\n  ttl:\nauth: ~\n").Cache.TimeToLive);

    [Fact]
    public void Print_Options_ShowsNoSecret()
    {
        var site = Options("redis: { password: hunter2 }\nauth: { secret_key: 0123456789abcdef0123456789abcdefX }\n");
        Assert.Equal("hunter2", site.Redis.Password.Value);
        Assert.DoesNotContain("hunter2", site.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("0123456789abcdef", site.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void ApplicationSettings_Always_HoldDefaultsButNeitherSecretsNorSettingsOfPlugins()
    {
        var settings = Yaml("redis: { password: hunter2 }\nauth: { secret_key: 0123456789abcdef0123456789abcdefX }\nplugins: { each: { news: { settings: { key: hunter3 } } } }\ncache: { ttl: 7 }\n").ApplicationSettings;

        Assert.Equal(7L, Map(settings, "cache")["ttl"]);
        Assert.Equal(64L, Map(settings, "cache")["max_size_mb"]);
        Assert.Equal("warn", Map(settings, "ip_access_control")["unlisted"]);
        Assert.Equal(1000L, Map(settings, "plugins", "each", "news")["timeout_ms"]);
        Assert.False(Map(settings, "redis").ContainsKey("password"));
        Assert.False(Map(settings, "auth").ContainsKey("secret_key"));
        Assert.False(Map(settings, "plugins", "each", "news").ContainsKey("settings"));
    }

    private static Sdk.DataMap Map(Sdk.DataMap map, params string[] keys) => keys.Aggregate(map, (inner, key) => Assert.IsType<Sdk.DataMap>(inner[key]));
}
