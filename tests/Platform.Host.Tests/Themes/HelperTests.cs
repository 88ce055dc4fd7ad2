using Platform.Host.Themes;
using Platform.Sdk;

namespace Platform.Host.Tests.Themes;

public class HelperTests
{
    private static DataMap Model => new()
    {
        ["one"] = 1, ["two"] = 2, ["half"] = 0.5, ["price"] = 1234567.891m, ["text"] = "Ünïcode text", ["empty"] = "", ["no"] = false, ["yes"] = true, ["zero"] = 0,
        ["list"] = new[] { "a", "b", "c" }, ["none"] = Array.Empty<string>(), ["map"] = new DataMap { ["k"] = "v" }, ["key"] = "k",
        ["date"] = "2025-03-09T08:07:06Z", ["day"] = "2025-03-09", ["seconds"] = 1741507626, ["emoji"] = "ab😀cd", ["big"] = 1e20, ["third"] = 1.0 / 3, ["named"] = new DataMap { ["url"] = "<u>", ["len"] = 7 },
    };

    [Theory]
    [InlineData("{{eq one 1}} {{eq one 2}} {{eq text \"x\"}} {{eq missing missing}} {{eq half 0.5}} {{eq one \"1\"}}", "true false false true true false")]
    [InlineData("{{ne one 1}} {{ne one missing}}", "false true")]
    [InlineData("{{gt two one}} {{gte two 2}} {{lt two one}} {{lte half 0.5}}", "true true false true")]
    [InlineData("{{gt \"b\" \"a\"}} {{gt text one}} {{lt missing one}} {{gte missing missing}}", "true false false false")]
    [InlineData("{{and yes one}} {{and yes no}} {{or no zero empty}} {{or no yes}} {{not none}} {{not map}}", "true false false true true false")]
    [InlineData("{{#if (and (gt two one) (not no))}}y{{else}}n{{/if}}", "y")]
    [InlineData("{{len list}} {{len text}} {{len map}} {{len missing}} {{len one}}", "3 12 1 0 0")]
    [InlineData("{{lookup map key}} {{lookup list 1}} {{lookup list \"2\"}} {{lookup list 9}}{{lookup missing key}}{{lookup map missing}}", "v b c ")]
    [InlineData("{{lookup map \"Count\"}}{{lookup list \"Count\"}}{{lookup text \"Length\"}}", "")]
    [InlineData("{{format_date date \"d MMMM yyyy HH:mm\"}}", "9 March 2025 08:07")]
    [InlineData("{{format_date day}} {{format_date seconds \"yyyy-MM-dd HH:mm:ss\"}} {{format_date missing}}{{format_date empty}}", "2025-03-09 2025-03-09 08:07:06 ")]
    [InlineData("{{format_number price}} {{format_number price \"0.0\"}} {{format_number one \"000\"}} {{format_number \"12.5\" \"N2\"}} {{format_number missing}}", "1,234,567.89 1234567.9 001 12.50 ")]
    [InlineData("{{truncate text 7}} {{truncate text 7 \"...\"}} {{truncate text 100}} {{truncate missing 3}}|{{truncate emoji 3 \"\"}}", "Ünïcode… Ünïcode... Ünïcode text |ab")]
    [InlineData("{{url_encode text}} {{url_encode \"a/b?c=d&e\"}} {{url_encode missing}}", "%C3%9Cn%C3%AFcode%20text a%2Fb%3Fc%3Dd%26e ")]
    [InlineData("{{{json map}}} {{{json list}}} {{{json missing}}} {{{json half}}} {{{json yes}}}", "{\"k\":\"v\"} [\"a\",\"b\",\"c\"] null 0.5 true")]
    [InlineData("<a data-x=\"{{json map}}\">", "<a data-x=\"{&quot;k&quot;:&quot;v&quot;}\">")]
    [InlineData("{{asset \"css/site.css\"}}", "/themes/t/css/site.css")]
    [InlineData("{{yes}} {{no}} {{half}} {{price}} {{big}} {{third}} {{list}} {{map}}|{{missing}}|{{missing.deep.down}}", "true false 0.5 1234567.891 100000000000000000000 0.3333333333333333 a,b,c [object Object]||")]
    [InlineData("{{#with named}}{{url}} {{{len}}} {{#with this}}{{url}}{{/with}} {{url url}}{{/with}}", "&lt;u&gt; 7 &lt;u&gt; &lt;u&gt;")]
    [InlineData("{{truncate (format_date (lookup this \"date\") \"MMMM\") 3 \"\"}}", "Mar")]
    [InlineData("{{#if (len none)}}y{{else}}n{{/if}}{{#unless none}}u{{/unless}}{{#if zero includeZero=true}}z{{/if}}", "nuz")]
    public void Helper_GivesItsGoldenValue(string template, string expected) => Assert.Equal(expected, SiteFolder.Text(template, Model));

    [Theory]
    [InlineData("\n  {{format_date text}}", "(2,3): format_date: 'Ünïcode text' is no date; expected ISO 8601 (2025-01-31T12:00:00Z) or seconds since 1970. Correct the data.")]
    [InlineData("{{format_date list}}", "(1,1): format_date: 'a,b,c' is no date; expected ISO 8601 (2025-01-31T12:00:00Z) or seconds since 1970. Correct the data.")]
    [InlineData("{{format_date big}}", "(1,1): format_date: '100000000000000000000' is no date; expected ISO 8601 (2025-01-31T12:00:00Z) or seconds since 1970. Correct the data.")]
    [InlineData("{{format_number map}}", "(1,1): format_number: '[object Object]' is no number. Correct the data.")]
    [InlineData("{{format_number one \"N999999999\"}}", "(1,1): format_number: 'N999999999' is too long a number format; expected at most 64 letters and 30 digits. Write one like \"#,##0.##\".")]
    [InlineData("{{truncate text missing}}", "(1,1): truncate: the length is nothing; expected a whole number from 0. Write (truncate text 100).")]
    [InlineData("{{#if yes}}\n{{truncate text \"x\"}}{{/if}}", "(2,1): truncate: the length is 'x'; expected a whole number from 0. Write (truncate text 100).")]
    [InlineData("{{asset missing}}", "(1,1): asset: the path is nothing; expected a text. Write (asset \"css/site.css\").")]
    public void Helper_WithWrongArguments_NamesItselfAndItsPlace(string template, string message)
    {
        var failure = SiteFolder.Fails(Model, ("page", template));
        Assert.Equal("wwwroot/templates/themes/t/page.html" + message, failure.Message);
    }

    [Fact]
    public void Failure_HasAnExcerptWithACaret() => Assert.Equal(
        "<p>{{asset missing}}</p>\n   ^", SiteFolder.Fails(null, ("page", "x\n<p>{{asset missing}}</p>")).Excerpt);

    [Fact]
    public void Failure_InAPartialOrABlock_NamesTheFileWhereItIsWritten()
    {
        Assert.Contains("__p.html(2,1)", SiteFolder.Fails(null, ("page", "{{> __p}}"), ("__p", "\n{{asset missing}}")).Message);
        Assert.Contains("page.html(1,11)", SiteFolder.Fails(null, ("page", "{{#> __p}}{{asset missing}}{{/__p}}"), ("__p", "\n\n{{> @partial-block}}")).Message);
    }

    [Fact]
    public void Helpers_WithAnyArguments_NeverThrowAnythingElse()
    {
        string[] names = ["eq", "ne", "gt", "gte", "lt", "lte", "and", "or", "not", "len", "lookup", "format_date", "format_number", "truncate", "url_encode", "html_escape", "json", "asset", "log"];
        string[] values = ["missing", "text", "one", "list", "map", "yes", "\"\"", "-1", "999999999999", "huge", "1.5"];
        var model = Model;
        model["huge"] = new string('x', 100_000);
        var templates = names.SelectMany(n => values.SelectMany(a => values.Select(b => $"{{{{{n} {a}}}}}|{{{{{n} {a} {b}}}}}"))).SelectMany(pair => pair.Split('|')).Distinct().ToList();
        using var site = new SiteFolder();
        for (var i = 0; i < templates.Count; i += 7) site.With($"themes/t/p{i}.html", templates[i]);
        var theme = site.Theme();
        for (var i = 0; i < templates.Count; i += 7)
        {
            try
            {
                SiteFolder.Render(theme, $"p{i}", model);
            }
            catch (TemplateException failure)
            {
                Assert.Equal(1, failure.Line);
            }
        }
    }

    [Fact]
    public void Log_GivesOneLineToThePort()
    {
        var lines = new List<string>();
        using var site = new SiteFolder().With("themes/t/page.html", "a{{log \"n\" x}}b").WithPorts(new((_, path) => path, (file, text) => lines.Add($"{file}: {text}")));
        Assert.Equal("ab", site.Render("page", new { x = "1\r\nforged" }));
        Assert.Equal(["wwwroot/templates/themes/t/page.html: n 1  forged"], lines);
    }
}
