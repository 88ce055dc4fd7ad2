using Platform.Templating.Analysis;

namespace Platform.Templating.Tests.Analysis;

public sealed class UnsafePositionTests
{
    [Theory]
    [InlineData("<p>{{x}} {{truncate x 3}}</p>")]
    [InlineData("<p title=\"{{x}}\" data-a='{{x}}' data-b={{attr x}} class=\"a {{x}} b\">")]
    [InlineData("<title>{{x}}</title><textarea>{{x}}</textarea>{{x}}")]
    [InlineData("<a href=\"{{url x}}\" title={{attr x}}>{{x}}</a>")]
    [InlineData("<img src=\"{{asset \"a.svg\"}}\"><script src=\"{{asset \"a.js\"}}\"></script>")]
    [InlineData("<a href=\"/{{x}}\"><a href=\"?q={{x}}\"><a href=\"#{{x}}\"><a href=\"https://host/{{x}}\"><a href=\"mailto:{{x}}\"><a href=\"news-{{x}}\">")]
    [InlineData("<img src=\"data:image/png;base64,{{x}}\">")]
    [InlineData("<script>const a = {{{json x}}}, b = [{{#each y}}{{{json this}}},{{/each}}], c = {{@index}}; // it's\nf('x', {{{json x}}});</script><p>{{x}}")]
    [InlineData("<script type=\"application/ld+json\">{\"a\": {{{json x}}}}</script>")]
    [InlineData("<script><!-- if (a<script b) --></script><p>{{x}}")]
    [InlineData("<script>if (a </script/ b) </script >{{x}}")]
    [InlineData("<button onclick=\"f({{json x}}, 'b')\">")]
    [InlineData("<i style=\"width: {{format_number x \"0.0\"}}%; top: {{len y}}px\">")]
    [InlineData("<input {{#if x}}checked{{/if}}{{#if y}} disabled{{/if}}>{{x}}")]
    [InlineData("<a{{#if x}} class=\"{{x}}\"{{/if}}>{{x}}")]
    [InlineData("<{{#if x}}ol{{else}}ul{{/if}} class=\"{{x}}\">")]
    [InlineData("<a href=\"{{#if x}}/a{{else}}/b{{/if}}{{y}}\">")]
    [InlineData("{{!-- {{x}} --}}<!-- none --><!----><!--> -->{{x}}<!-- -- --!>{{x}}<!doctype html>{{x}}</3>{{x}}")]
    [InlineData("{{{html_escape x}}} {{{json x}}} {{{@index}}}")]
    [InlineData("a < {{x}} b <> {{x}} & {{x}}")]
    [InlineData("<?xml version=\"1.0\"?><title>a<b c=\"{{x}}\"/></title><script>{{x}}</script><style>{{x}}</style><![CDATA[<a {{x}}]]>{{x}}")]
    [InlineData("<h{{@index}}>")]
    [InlineData("<svg><title>{{x}}<b c=\"{{x}}\"></b></title></svg><title>{{x}}</title>{{x}}")]
    [InlineData("<p a=b/>{{x}}<p a = 'b'c=\"{{x}}\">")]
    public void Value_WhereEscapingProtects_IsNotReported(string template) => Assert.Empty(Findings(template));

    [Theory]
    [InlineData("<p class={{x}}>", "value without quotes")]
    [InlineData("<p class=a{{x}}>", "value without quotes")]
    [InlineData("<p class = {{x}}>", "value without quotes")]
    [InlineData("<a href=/{{x}}>", "value without quotes")]
    [InlineData("<a href={{url x}} title=a>", "value without quotes")]
    [InlineData("<a href=\"{{x}}\">", "does not stop javascript:. Write {{url x}}.")]
    [InlineData("<a href='{{x}}'>", "javascript:")]
    [InlineData("<a href=\" {{x}}\">", "javascript:")]
    [InlineData("<A HREF=\"{{x}}\">", "javascript:")]
    [InlineData("<a href=\"java{{x}}\">", "javascript:")]
    [InlineData("<a href=\"&#106;ava{{x}}\">", "javascript:")]
    [InlineData("<a href=\"{{#if x}}/a{{/if}}{{y}}\">", "javascript:")]
    [InlineData("<a href=\"{{truncate x 100}}\">", "Write {{url (truncate …)}}")]
    [InlineData("<a href={{attr x}}>", "javascript:")]
    [InlineData("<form action=\"{{x}}\">", "javascript:")]
    [InlineData("<button formaction=\"{{x}}\">", "javascript:")]
    [InlineData("<object data=\"{{x}}\">", "javascript:")]
    [InlineData("<svg><a xlink:href=\"{{x}}\">", "javascript:")]
    [InlineData("<svg><animate attributeName=href to=\"{{x}}\">", "javascript:")]
    [InlineData("<meta http-equiv=refresh content=\"0; URL='{{x}}'\">", "javascript:")]
    [InlineData("{{#each a as |url|}}<a href=\"{{url url}}\">{{/each}}", "javascript:")]
    [InlineData("<a href=\"javascript:f('{{url_encode x}}')\">", "URL that runs")]
    [InlineData("<a href=\"java\nscript:{{x}}\">", "URL that runs")]
    [InlineData("<iframe src=\"data:text/html,{{x}}\">", "URL that runs")]
    [InlineData("<script src=\"{{url x}}\"></script>", "which code runs")]
    [InlineData("<script src=\"/{{x}}\"></script>", "which code runs")]
    [InlineData("<script src=\"https://{{x}}/a.js\"></script>", "which code runs")]
    [InlineData("<base href=\"{{url x}}\">", "which code runs")]
    [InlineData("<p onclick=\"f('{{x}}')\">", "script of 'onclick'")]
    [InlineData("<p onclick=\"f('{{json x}}')\">", "script of 'onclick'")]
    [InlineData("<p ONLOAD={{json x}}>", "script of 'onload'")]
    [InlineData("<p style=\"color: {{x}}\">", "'style'")]
    [InlineData("<iframe srcdoc=\"{{x}}\">", "'srcdoc'")]
    [InlineData("<svg><title><b {{x}}></title></svg>", "can be any attribute")]
    [InlineData("<svg/><title><b></title><b {{x}}>", "can be any attribute")]
    [InlineData("<svg><style>p { color: {{x}} }</style>", "<style>")]
    [InlineData("<style>p { color: {{x}} }</style>", "<style>")]
    [InlineData("<script>const a = {{x}};</script>", "Write {{{json x}}}")]
    [InlineData("<script>const a = '{{x}}';</script>", "Write {{{json x}}}")]
    [InlineData("<script>const a = {{{x}}};</script>", "Write {{{json x}}}")]
    [InlineData("<script>const a = {{json x}};</script>", "three braces")]
    [InlineData("<script>const a = \"{{{json x}}}\";</script>", "text of a script")]
    [InlineData("<script>const a = `\\` {{{json x}}}`;</script>", "text of a script")]
    [InlineData("<script>{{#each x}}{{{json this}}} + \"{{/each}}</script>", "text of a script")]
    [InlineData("<script>/* {{{json x}}} */</script>", "comment of a script")]
    [InlineData("<SCRIPT><!-- <script> </script> {{x}}</script>", "Write {{{json x}}}")]
    [InlineData("<script type=\"{{x}}\"></script>", "type of a script")]
    [InlineData("<!-- {{x}} -->", "HTML comment")]
    [InlineData("<!{{x}}>", "HTML comment")]
    [InlineData("</ {{x}}>", "HTML comment")]
    [InlineData("<{{x}}>", "name of an element")]
    [InlineData("</{{x}}>", "name of an element")]
    [InlineData("<h{{x}}>", "name of an element")]
    [InlineData("<p {{x}}>", "can be any attribute")]
    [InlineData("<p a=\"b\"{{x}}>", "can be any attribute")]
    [InlineData("<p data-{{x}}=\"1\">", "can be any attribute")]
    [InlineData("<p title=\"{{attr x}}\">", "brings its own quotes")]
    [InlineData("<p title=\"{{{x}}}\">", "can end the value of 'title'")]
    [InlineData("<p title=\"{{&x}}\">", "can end the value of 'title'")]
    [InlineData("<p title=\"{{{json x}}}\">", "can end the value of 'title'")]
    [InlineData("<title>{{{x}}}</title>", "can end <title>")]
    [InlineData("<textarea></text>{{{x}}}</textarea>", "can end <textarea>")]
    [InlineData("{{#truncate x 10}}{{/truncate}}", "prints the value as it is")]
    [InlineData("{{#if x}}<a title=\"{{/if}}{{y}}", "end at different places of the HTML: in a value in quotes and in text")]
    [InlineData("{{#each x}}<!-- {{/each}}", "end at different places")]
    [InlineData("<p {{> (lookup a b)}}>", "known at rendering only")]
    public void Value_WhereEscapingDoesNotProtect_IsAWarning(string template, string message)
    {
        var found = Assert.Single(Findings(template), finding => finding.Severity == Severity.Warning);

        Assert.Contains(message, found.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<p>{{{body}}}</p>")]
    [InlineData("{{&body}}")]
    [InlineData("<p>{{{truncate body 10}}}</p>")]
    public void Html_PrintedWhereTextStands_IsANote(string template) => Assert.Equal(Severity.Note, Assert.Single(Findings(template)).Severity);

    [Fact]
    public void Finding_HasThePlaceOfTheTag() => Assert.Equal("page.html(2,12): ", Assert.Single(Findings("<p>\n  <a href=\"{{x}}\">")).ToString()[..17]);

    [Theory]
    [InlineData("<a href=\"{{> p}}\">", "{{x}}", "javascript:")]
    [InlineData("<script>{{> p}}</script>", "{{x}}", "<script>")]
    [InlineData("{{> p}}{{x}}>", "<b ", "any attribute")]
    [InlineData("{{#*inline \"p\"}}{{x}}{{/inline}}<b {{> p}}>", "", "any attribute")]
    [InlineData("{{#> p}}{{x}}{{/p}}", "<b {{> @partial-block}}>", "any attribute")]
    [InlineData("{{#> p}}{{#*inline \"q\"}}{{x}}{{/inline}}{{/p}}", "<b {{> q}}>", "any attribute")]
    [InlineData("<b {{#> nope}}{{x}}{{/nope}}>", "", "any attribute")]
    [InlineData("{{> p}}", "{{#if a}}{{> p}}{{/if}}<b {{x}}>", "any attribute")]
    public void Partial_IsJudgedWhereItIsCalled(string page, string partial, string message) =>
        Assert.Contains(Findings(page, partial), finding => finding.Message.Contains(message, StringComparison.Ordinal));

    [Theory]
    [InlineData("<p class=\"{{> p}}\">{{> p}}", "{{x}}")]
    [InlineData("{{> p}} class=\"{{x}}\">", "<b")]
    [InlineData("{{#> p}}{{x}}{{/p}}", "<b>{{> @partial-block}}</b>")]
    public void Partial_WhereEscapingProtects_IsNotReported(string page, string partial) => Assert.Empty(Findings(page, partial));

    [Theory]
    [InlineData("<{{> p}}{{> p}}a", 1)]
    [InlineData("<{{> p}}a", 900)]
    [InlineData("<a {{> p}}{{> p}}b", 1)]
    [InlineData("<a {{> p}}b", 900)]
    [InlineData("<a href=\"&{{> p}}b", 900)]
    [InlineData("<script src=\"https://{{> p}}b", 900)]
    public void PartialsThatPrintPartsOfNames_LeadToFewPlaces(string template, int times)
    {
        var all = string.Concat(Enumerable.Repeat(template, times));

        Assert.NotNull(Findings(all, all));
    }

    [Fact]
    public void PartialsThatMultiply_AreGivenUp_AndThatIsSaid()
    {
        var multiply = string.Concat(Enumerable.Repeat("{{#> p}}{{> p}}{{> @partial-block}}{{/p}}<b ", 8));

        Assert.Contains(Findings(multiply, multiply), finding => finding.Message.Contains("too often to be followed", StringComparison.Ordinal));
    }

    private static IReadOnlyList<Finding> Findings(string page, string partial = "") => UnsafePositions.Of(
        TemplateSyntax.Read(new("page.html", page)), new Dictionary<string, TemplateSyntax> { ["p"] = TemplateSyntax.Read(new("p.html", partial)) });
}
