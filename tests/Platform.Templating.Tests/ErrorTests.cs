namespace Platform.Templating.Tests;

public class ErrorTests
{
    [Theory]
    [InlineData("a\n  {{#if x}}b", "page.html(2,3): {{#if}} is never closed; expected {{/if}}. Close it.")]
    [InlineData("{{#if x}}\n{{/each}}", "page.html(2,1): {{/each}} closes {{#if}} of line 1; expected {{/if}}. Close the inner block first.")]
    [InlineData("{{/if}}", "page.html(1,1): {{/if}} closes nothing. Remove it, or open {{#if}} before it.")]
    [InlineData("x{{else}}", "page.html(1,2): {{else}} stands outside of a block. Put it between {{#if …}} and {{/if}}, or remove it.")]
    [InlineData("{{#if a}}{{else}}{{else}}{{/if}}", "page.html(1,18): a second {{else}} in {{#if}}; expected {{/if}}. Remove one.")]
    [InlineData("é {{foo", "page.html(1,3): the tag is never closed; expected }}. Close it, or write \\{{ for two plain braces.")]
    [InlineData("{{foo \"bar}}", "page.html(1,7): '\"' is not expected here; expected }}. Correct the tag, or write \\{{ for two plain braces.")]
    [InlineData("{{foo {{bar}}", "page.html(1,1): the tag is never closed; expected }}. Close it, or write \\{{ for two plain braces.")]
    [InlineData("{{!-- a }}", "page.html(1,1): the comment is never closed; expected --}} after {{!--, else }}. Close it.")]
    [InlineData("{{{a}}", "page.html(1,5): '}}' is not expected here; expected }}}. Correct the tag, or write \\{{ for two plain braces.")]
    [InlineData("{{a.b/../c}}", "page.html(1,3): 'a.b/..' is no path: '..' follows a name; expected it at the beginning. Write ../a, or [..] for a key of that name.")]
    [InlineData("{{{{raw}}}} x", "page.html(1,1): {{{{raw}}}} is never closed; expected {{{{/raw}}}}. Close it.")]
    [InlineData("{{> a b c}}", "page.html(1,9): a partial is called with 2 arguments; expected one at most, the context. Give the others by name: a=b.")]
    [InlineData("{{#*other}}{{/other}}", "page.html(1,1): 'other' is no decorator; expected {{#*inline \"name\"}}, the only one there is. Write # for a block.")]
    [InlineData("{{#> (a)}}{{/a}}", "page.html(1,6): a partial block is closed by its name, and (…) has none. Write {{> (…)}}, or name the partial.")]
    [InlineData("a\0b", "page.html(1,2): a NUL stands in the text. Remove it.")]
    [InlineData("{{> paginaton}}", "page.html(1,1): partial \"paginaton\" not found; did you mean \"widgets/pagination\"?")]
    [InlineData("{{> (lookup this \"x\")}}", "page.html(1,1): partial \"undefined\" not found. Create it, or correct the name.")]
    [InlineData("{{> @partial-block}}", "page.html(1,1): @partial-block is not there: this partial was not called as a block. Call it with {{#> …}}, or ask {{#if @partial-block}} first.")]
    [InlineData("{{truncat a 1}}", "page.html(1,1): helper 'truncat' is unknown; did you mean 'truncate'?")]
    [InlineData("{{tuncrate a 1}}", "page.html(1,1): helper 'tuncrate' is unknown; did you mean 'truncate'?")]
    [InlineData("{{b 1}}", "page.html(1,1): 'b' is data, not a helper, and takes no arguments. Write {{b}}, or correct the name.")]
    [InlineData("{{x}}{{truncate 1}}", "page.html(1,6): truncate: 1 arguments; expected (truncate text length \"ending\").")]
    [InlineData("{{eq (truncate 1 2) (truncate b \"x\")}}", "page.html(1,21): truncate: the length is 'x'; expected a whole number from 0. Write (truncate text 100).")]
    [InlineData("{{#each}}{{/each}}", "page.html(1,1): {{#each}} has 0 arguments; expected one. Put what belongs together into (…).")]
    [InlineData("{{if b}}", "page.html(1,1): 'if' is a block; expected {{#if …}}…{{/if}}. It has no value.")]
    public void Error_SaysWhereWhatAndWhatToDo(string page, string expected) =>
        Assert.Equal(expected, new Site(("widgets/pagination", "")).Fails(page, """{"b":"B"}""").Message);

    [Fact]
    public void Error_InAPartial_SaysHowThePageCameThere()
    {
        var failure = new Site(("layout", "<body>\n\t{{> @partial-block}}</body>"), ("list", "{{#each items}}\n  {{> row}}\n{{/each}}"), ("row", "<li>{{nope 1}}"))
            .Fails("{{#> layout}}\n{{> list}}{{/layout}}", """{"items":[1]}""");
        Assert.Equal("row.html(1,5): helper 'nope' is unknown. Correct the name, or install the plugin that brings it.", failure.Message);
        Assert.Equal("<li>{{nope 1}}\n    ^", failure.Excerpt);
        Assert.Equal(["list.html(2,3)", "page.html(2,1)", "layout.html(2,2)", "page.html(1,1)"], failure.Trail.Select(place => place.ToString()));
    }

    [Fact]
    public void Error_OfABadPartial_IsItsOwn()
    {
        var site = new Site(("bad", "x {{#if}"));
        var failure = site.Fails("a\n{{> bad}}");
        Assert.Equal("bad.html(1,3): the tag is never closed; expected }}. Close it, or write \\{{ for two plain braces.", failure.Message);
        Assert.Equal("page.html(2,1)", Assert.Single(failure.Trail).ToString());
        Assert.Equal("fine", site.Render("fine"));
    }

    [Fact]
    public void Excerpt_OfALongLine_IsCutAroundThePlace()
    {
        var failure = new Site().Fails("\tx" + new string('y', 500) + "{{/if}}" + new string('z', 500));
        var lines = failure.Excerpt.Split('\n');
        Assert.InRange(lines[0].Length, 7, 160);
        Assert.Equal("{{/if}}", lines[0].Substring(lines[1].Length - 1, 7));
    }

    [Fact]
    public void Strict_MissingName_IsAnError()
    {
        var site = new Site { Options = new() { Strict = true } };
        Assert.Equal("page.html(1,4): 'titel' is not in the data. Correct the name, or give the data.", site.Fails("a{{titel}}", """{"title":1}""").Message);
        Assert.Equal("1", site.Render("{{title}}", """{"title":1}"""));
    }

    [Fact]
    public void Failure_WritesNothing()
    {
        var output = new System.Buffers.ArrayBufferWriter<byte>();
        var template = new Site().Compile("a{{nope 1}}");
        Assert.Throws<TemplateException>(() => template.Render(null, output, RenderBudget.Default));
        Assert.Equal(0, output.WrittenCount);
    }
}
