using Platform.Host.Security;

namespace Platform.Functional.Tests.Access;

/// <summary>Pages that ask for a user or a permission, and that none of them is handed to anybody else.</summary>
public sealed class SignInTests(SignInTests.Fixture fixture) : IClassFixture<SignInTests.Fixture>
{
    private RunningServer Server => fixture.Server;

    [Fact]
    public async Task Anonymous_OnAPageForUsers_IsSentToSignIn()
    {
        var reply = await Server.GetAsync("/members?a=b");
        Assert.Equal((302, "/enter?returnUrl=%2Fmembers%3Fa%3Db", "no-store"), (reply.Code, reply.Location, reply.Header("Cache-Control")));
        var program = await Server.GetAsync("/members", ("Accept", "application/json"));
        Assert.Equal((401, "sign_in_required", "/enter?returnUrl=%2Fmembers"), (program.Code, program.Json.GetProperty("code").GetString(), program.Json.GetProperty("redirect").GetString()));
    }

    [Fact]
    public async Task User_WithThePermissions_SeesThePage_OthersAreRefused()
    {
        Assert.Equal(200, (await Server.SignedIn("a").GetAsync("/members")).Code);
        Assert.Equal(403, (await Server.SignedIn("a").GetAsync("/editors")).Code);
        Assert.Equal(403, (await Server.SignedIn("a", "news.write").GetAsync("/editors")).Code);
        Assert.Equal(403, (await Server.SignedIn("a", "NEWS.WRITE", "NEWS.READ").GetAsync("/editors")).Code);
        Assert.Equal(200, (await Server.SignedIn("a", "news.read", "news.write").GetAsync("/editors")).Code);
        var program = await Server.SignedIn("a").GetAsync("/editors", ("Accept", "application/json"));
        Assert.Equal((403, "permission_denied"), (program.Code, program.Json.GetProperty("code").GetString()));
    }

    [Fact]
    public async Task Page_OfOneUser_IsNeverServedToAnotherOrToNobody()
    {
        var first = Server.SignedIn("alice");
        Assert.Equal("user alice", (await first.GetAsync("/mine")).Shown("value"));
        var again = await first.GetAsync("/mine");
        Assert.Equal(("user alice", true), (again.Shown("value"), again.IsHit));
        Assert.Contains("private", again.Header("Cache-Control"), StringComparison.Ordinal);

        var second = await Server.SignedIn("bob").GetAsync("/mine");
        Assert.Equal(("user bob", false), (second.Shown("value"), second.IsHit));
        Assert.Equal(302, (await Server.GetAsync("/mine")).Code);

        // On a page that is open to all, too.
        Assert.Equal("user alice", (await first.GetAsync("/open")).Shown("value"));
        Assert.Equal("nobody", (await Server.GetAsync("/open")).Shown("value"));
        Assert.Equal("user bob", (await Server.SignedIn("bob").GetAsync("/open")).Shown("value"));
        Assert.Equal("user alice", (await first.GetAsync("/open")).Shown("value"));
        Assert.Equal("nobody", (await Server.Visitor().WithCookie(VisitorCookie.Name, "alice").GetAsync("/open")).Shown("value"));
    }

    [Fact]
    public async Task StoredPage_OfAUserWhoseRightsWereTaken_IsNotServedAnyMore()
    {
        var editor = Server.SignedIn("carol", "news.read", "news.write");
        await editor.GetAsync("/editors");
        Assert.True((await editor.GetAsync("/editors")).IsHit, "The editor's page should be stored.");
        var demoted = await Server.SignedIn("carol", "news.read").GetAsync("/editors");
        Assert.Equal((403, false), (demoted.Code, demoted.IsHit));
        Assert.True((await editor.GetAsync("/editors")).IsHit);
    }

    [Theory]
    [InlineData("")]
    [InlineData("alice")]
    [InlineData("eyJJZCI6ImFsaWNlIn0.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("..")]
    public async Task Cookie_Forged_IsNobody(string value) =>
        Assert.Equal(302, (await Server.Visitor().WithCookie(VisitorCookie.Name, value).GetAsync("/members")).Code);

    [Fact]
    public async Task Cookie_DamagedOrTooOldOrOfAnotherKey_IsNobody()
    {
        async Task<int> WithAsync(string cookie) => (await Server.Visitor().WithCookie(VisitorCookie.Name, cookie).GetAsync("/members")).Code;
        var good = RunningServer.Ticket("alice", TimeSpan.FromHours(1));
        Assert.Equal(200, await WithAsync(good));
        for (var at = 0; at < good.Length; at += 7)
        {
            var damaged = good.ToCharArray();
            damaged[at] = damaged[at] == 'A' ? 'B' : 'A';
            Assert.Equal(302, await WithAsync(new(damaged)));
        }

        Assert.Equal(302, await WithAsync(RunningServer.Ticket("alice", TimeSpan.FromSeconds(-1))));
        var other = new VisitorCookie(new Signer(new byte[32]), TimeProvider.System);
        Assert.Equal(302, await WithAsync(other.Write(new("alice", "", []), TimeSpan.FromHours(1))));
        // A confirmation of the notice is signed with the same key, for another purpose.
        Assert.Equal(302, await WithAsync(new Signer(SiteSecret.Load(TestSite.SecretKey, "")).Sign("warning", """{"Id":"alice","Name":"","Permissions":[],"Expires":99999999999}""")));
    }

    public sealed class Fixture : IAsyncLifetime
    {
        private readonly TestSite site = TestSite.Small();

        internal RunningServer Server { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            site.Routes([
                """{ "path": "/members", "handler": "plain", "template": "page", "auth": true }""",
                """{ "path": "/editors", "handler": "user", "template": "page", "auth": ["news.read", "news.write"] }""",
                """{ "path": "/mine", "handler": "user", "template": "page", "auth": true }""",
                """{ "path": "/open", "handler": "user", "template": "page" }""",
            ]);
            site.Plugin("reader").Configure("auth", $"sign_in_path: /enter\nsecret_key: \"{TestSite.SecretKey}\"");
            Server = await RunningServer.StartAsync(site);
        }

        public async ValueTask DisposeAsync()
        {
            await Server.DisposeAsync();
            site.Dispose();
        }
    }
}
