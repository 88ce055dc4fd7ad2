using System.Buffers;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;
using System.Text;
using Platform.Host.Themes;
using Platform.Host.Themes.HandlebarsNet;
using Platform.Host.Themes.Native;
using Platform.Templating;
using TemplateException = Platform.Host.Themes.TemplateException;

namespace Platform.Host.Tests.Themes;

public class NativeEngineTests
{
    [Fact]
    public void Language_IsAllOfHandlebars()
    {
        using var site = new SiteFolder().With("themes/t/__p.html", "[{{a}}{{b}}]").With(
            "themes/t/page.html",
            "{{&x}}{{#if no}}{{^}}else{{/if}}{{#if no}}{{else unless no}}u{{/if}}{{#each none}}{{else if yes}}i{{/each}}{{{{raw}}}}{{x}}{{{{/raw}}}}{{> __p m b=2}}{{#*inline \"k\"}}z{{/inline}}{{> k}}{{url \"javascript:x\"}}");
        site.Helpers = [new("raw", (in call) => call.CaptureBody(call.Context))];
        Assert.Equal("<elseui{{x}}[12]z#", site.Render("page", new { x = "<", yes = true, m = new { a = 1 } }));
        Assert.Empty(site.Problems);
    }

    [Fact]
    public void Failure_InAPartialOfAPartial_TellsTheWayThere()
    {
        using var site = new SiteFolder().With("themes/t/page.html", "a\n{{> __a}}").With("themes/t/__a.html", "\n\n  {{> __b}}").With("themes/t/__b.html", "x {{truncate y}}");
        var failure = Assert.Throws<TemplateException>(() => site.Render("page"));
        Assert.Equal("wwwroot/templates/themes/t/__b.html(1,3): truncate: 1 arguments; expected (truncate text length \"ending\").", failure.Message);
        Assert.Equal(["wwwroot/templates/themes/t/__a.html(3,3)", "wwwroot/templates/themes/t/page.html(2,1)"], failure.Trail.Select(call => call.ToString()));
        Assert.Equal("x {{truncate y}}\n  ^\ncalled at wwwroot/templates/themes/t/__a.html(3,3)\ncalled at wwwroot/templates/themes/t/page.html(2,1)", failure.ToString());
    }

    [Theory]
    [InlineData("{{#each x}}{{#each ../x}}{{#each ../../x}}{{/each}}{{/each}}{{/each}}", "steps")]
    [InlineData("{{#each x}}{{#each ../x}}{{#each ../../x}}0123456789{{/each}}{{/each}}{{/each}}", "KB")]
    [InlineData("{{> __p}}", "nested more than 32 deep")]
    public void Runaway_EndsInATemplateException(string template, string message)
    {
        using var site = new SiteFolder().With("themes/t/page.html", template).With("themes/t/__p.html", "{{> __p}}");
        var failure = Assert.Throws<TemplateException>(() => site.Render("page", new { x = Enumerable.Range(0, 1000) }, limits: new(TimeSpan.FromMinutes(1), message == "KB" ? 64 * 1024 : 64 * 1024 * 1024, 100_000)));
        Assert.Contains(message, failure.Message);
        Assert.Contains("wwwroot/templates/themes/t/", failure.File);
    }

    [Fact]
    public void Partial_ThatCouldNotBeRead_IsNoEmptyOne()
    {
        using var site = new SiteFolder().With("themes/t/page.html", "{{> __p}}").With("themes/t/__p.html", "");
        File.WriteAllBytes(site.Path("themes/t/__p.html"), [0xC3, 0x28]);
        Assert.Throws<TemplateException>(() => site.Render("page"));
        Assert.Contains("is no UTF-8", Assert.Single(site.Problems).Message);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Nonce_IsTheResponsesOwn_AndNothingWhereThereIsNone(bool isHandlebarsNet)
    {
        using var site = new SiteFolder { Engine = isHandlebarsNet ? new HandlebarsNetEngine() : new NativeEngine() }.With("themes/t/page.html", "<script nonce=\"{{nonce}}\"></script>{{nonce}}").With("themes/t/plain.html", "x");
        var theme = site.Theme();
        var (first, second, unread) = (new ResponseNonce(), new ResponseNonce(), new ResponseNonce());
        Assert.Equal($"<script nonce=\"{first.Value}\"></script>{first.Value}", Page("page", first));
        Assert.Equal($"<script nonce=\"{second.Value}\"></script>{second.Value}", Page("page", second));
        Assert.Equal("<script nonce=\"\"></script>", Page("page", null));
        Assert.Equal(("x", null), (Page("plain", unread), unread.Read));
        Assert.Equal(16, Convert.FromBase64String(first.Value).Length);
        Assert.NotEqual(first.Value, second.Value);

        string Page(string name, ResponseNonce? nonce)
        {
            var output = new ArrayBufferWriter<byte>();
            theme.Template(name).Render(new(), output, RenderLimits.Default, nonce is null ? null : new() { Nonce = nonce });
            return Encoding.UTF8.GetString(output.WrittenSpan);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void HelperOfAPlugin_ThatIsGone_IsHeldByNothing(bool isHandlebarsNet)
    {
        using var site = new SiteFolder { Engine = isHandlebarsNet ? new HandlebarsNetEngine() : new NativeEngine() }.With("themes/t/page.html", "{{foreign 1}}{{x}}").With("themes/u/other.html", "{{x}}");
        var gone = RenderWithForeignHelper(site);
        site.Helpers = [];
        site.With("themes/t/page.html", "{{x}}");
        Assert.Equal("1", site.Render("page", new { x = 1 }));
        for (var i = 0; i < 20 && gone.IsAlive; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.False(gone.IsAlive, "The assembly of a helper that is out of service is still held by the themes.");
    }

    /// <summary>What the test's own assembly, loaded a second time, brings as a helper.</summary>
    public static object? Foreign() => "foreign";

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference RenderWithForeignHelper(SiteFolder site)
    {
        var context = new AssemblyLoadContext("foreign", isCollectible: true);
        using var bytes = new MemoryStream(File.ReadAllBytes(typeof(NativeEngineTests).Assembly.Location));
        var function = context.LoadFromStream(bytes).GetType(typeof(NativeEngineTests).FullName!)!.GetMethod(nameof(Foreign), BindingFlags.Public | BindingFlags.Static)!.CreateDelegate<Func<object?>>();
        site.Helpers = [new("foreign", (in _) => function())];
        Assert.Equal("foreign1", site.Render("page", new { x = 1 }));
        Assert.Equal("1", SiteFolder.Render(site.Store!.Theme("u")!, "other", new { x = 1 }));
        context.Unload();
        return new(context);
    }
}
