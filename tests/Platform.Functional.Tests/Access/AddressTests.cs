namespace Platform.Functional.Tests.Access;

/// <summary>Who may come in, by address.</summary>
public sealed class AddressTests
{
    [Theory]
    [InlineData("deny: [127.0.0.0/8]", 403)]
    [InlineData("deny: [\"::ffff:127.0.0.1\"]", 403)]
    [InlineData("allow: [127.0.0.1]\ndeny: [127.0.0.1]", 403)]
    [InlineData("allow: [127.0.0.0/30]", 200)]
    [InlineData("allow: [127.0.0.2]", 302)]
    [InlineData("unlisted: allow", 200)]
    [InlineData("unlisted: deny", 403)]
    [InlineData("unlisted: deny\nallow: [127.0.0.1]", 200)]
    [InlineData("enabled: false\ndeny: [127.0.0.1]", 200)]
    [InlineData("unlisted: warn", 302)]
    public async Task Visitor_FromThisMachine_IsTreatedAsTheListsSay(string access, int status)
    {
        using var site = TestSite.Small("plain");
        site.Plugin("hello").Configure("ip_access_control", access);
        await using var server = await RunningServer.StartAsync(site);
        var reply = await server.GetAsync("/plain");
        Assert.Equal(status, reply.Code);
        if (status == 403)
        {
            Assert.DoesNotContain("Hello from a plugin", reply.Text, StringComparison.Ordinal);
            // Refused means refused: no notice, no file, no API, no health.
            foreach (var path in new[] { "/warning", "/health", "/api/a/b/c", "/favicon.ico" }) Assert.Equal(403, (await server.GetAsync(path)).Code);
            Assert.Equal("address_denied", (await server.GetAsync("/plain", ("Accept", "application/json"))).Json.GetProperty("code").GetString());
        }
    }

    [Theory]
    [InlineData("[]", "10.1.1.1", 200, "127.0.0.1")]
    [InlineData("[127.0.0.1]", "10.1.1.1", 403, null)]
    [InlineData("[127.0.0.1]", "10.2.2.2", 200, "10.2.2.2")]
    [InlineData("[127.0.0.1]", "10.1.1.1, 10.2.2.2", 200, "10.2.2.2")]
    [InlineData("[127.0.0.1, 10.9.0.0/16]", "10.1.1.1, 10.9.0.1", 403, null)]
    [InlineData("[127.0.0.1]", "::ffff:10.1.1.1", 403, null)]
    [InlineData("[127.0.0.1]", "not an address", 400, null)]
    [InlineData("[127.0.0.1]", "010.1.1.1", 400, null)]
    public async Task ForwardedAddress_IsBelievedFromTrustedProxiesOnly(string trusted, string forwarded, int status, string? seen)
    {
        using var site = TestSite.Small("address");
        site.Plugin("reader").Configure("server", $"trusted_proxies: {trusted}").Configure("ip_access_control", "deny: [10.1.1.1]\nunlisted: allow");
        await using var server = await RunningServer.StartAsync(site);
        var reply = await server.GetAsync("/address", ("X-Forwarded-For", forwarded));
        Assert.Equal(status, reply.Code);
        if (seen is not null) Assert.Equal(seen, reply.Shown("value"));
    }
}
