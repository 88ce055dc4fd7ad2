using System.Buffers;
using Platform.Host.Themes;

namespace Platform.Host.Tests.Themes;

public class LimitTests
{
    [Fact]
    public void Output_AtTheLimit_IsWhole_AndOneByteMoreFails()
    {
        using var site = new SiteFolder().With("themes/t/page.html", "ünï{{x}}");
        var limits = RenderLimits.Default with { MaxOutputBytes = 7 };
        Assert.Equal("ünï12", site.Render("page", new { x = 12 }, limits: limits));
        Assert.Throws<TemplateException>(() => site.Render("page", new { x = 123 }, limits: limits));
    }

    [Fact]
    public void LongTexts_OfEveryScript_ArriveWhole()
    {
        var text = string.Concat(Enumerable.Range(0, 3000).Select(i => (i % 5) switch { 0 => "ascii <&> ", 1 => "ünï", 2 => "😀", 3 => "漢字=\"'", _ => new string('x', i % 90) }));
        var escaped = text.Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;").Replace("\"", "&quot;").Replace("'", "&#x27;").Replace("=", "&#x3D;");
        Assert.Equal(escaped + text, SiteFolder.Text("{{x}}{{{x}}}", new { x = text }));
        Assert.Equal("  " + escaped + "\n", SiteFolder.Page(new { x = text }, ("page", "  {{> __p}}\n"), ("__p", "{{x}}\n")));
    }

    [Fact]
    public void Rendering_AllocatesLittle()
    {
        using var site = new SiteFolder().With("themes/t/page.html", "{{> __p}}{{#each list}}<li>{{this}} {{../title}}</li>{{/each}}").With("themes/t/__p.html", "<h1>{{title}}</h1>");
        var template = site.Theme().Template("page");
        var model = Data.Map(new { title = "A & B", list = Enumerable.Range(0, 100).Select(i => $"item {i}") });
        var output = new ArrayBufferWriter<byte>(64 * 1024);
        for (var i = 0; i < 20; i++) Once();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++) Once();
        Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - before) / 100, 0, 4096);

        void Once()
        {
            output.ResetWrittenCount();
            template.Render(model, output, RenderLimits.Default);
        }
    }
}
