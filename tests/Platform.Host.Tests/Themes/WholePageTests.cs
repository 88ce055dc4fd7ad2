using System.Text;

namespace Platform.Host.Tests.Themes;

public class WholePageTests
{
    [Fact]
    public void Page_WithPartialsAndLists_IsAsWrittenByHand()
    {
        using var site = new SiteFolder()
            .With("themes/t/page.html", """
                {{> __header}}
                <main>
                  <h1>{{title}}</h1>
                  {{#if notice}}
                  <p class="notice">{{notice}}</p>
                  {{/if}}
                  <ul>
                    {{#each items}}
                    <li class="item{{#if pinned}} pinned{{/if}}" id="i{{id}}"><a href="{{url}}">{{title}}</a> <em>{{author.name}}</em> <b>{{views}}</b></li>
                    {{/each}}
                  </ul>
                  {{> __footer}}
                </main>

                """)
            .With("themes/t/__header.html", """
                <!DOCTYPE html>
                <title>{{title}} - {{site.name}}</title>
                <nav>{{#each nav}}<a href="{{url}}"{{#if active}} class="on"{{/if}}>{{label}}</a>{{/each}}</nav>

                """)
            .With("themes/t/__footer.html", """
                <footer>{{site.year}} {{site.name}}
                {{{site.html}}}</footer>

                """);
        var model = new
        {
            title = "News & <more>",
            notice = "It's \"open\"",
            site = new { name = "Example & Sons", year = 2025, html = "<b>raw</b>" },
            nav = new[] { new { url = "/", label = "Home", active = true }, new { url = "/a?b=c", label = "A > B", active = false } },
            items = Enumerable.Range(1, 300).Select(i => new { id = i, url = $"/item/{i}?a=1&b={i}", title = $"Item {i}: <x> ünï 😀 " + new string('y', i), pinned = i % 5 == 0, views = i * 137, author = new { name = "Dee O'Neil" } }),
        };

        var expected = new StringBuilder("""
            <!DOCTYPE html>
            <title>News &amp; &lt;more&gt; - Example &amp; Sons</title>
            <nav><a href="/" class="on">Home</a><a href="/a?b&#x3D;c">A &gt; B</a></nav>
            <main>
              <h1>News &amp; &lt;more&gt;</h1>
              <p class="notice">It&#x27;s &quot;open&quot;</p>
              <ul>

            """);
        for (var i = 1; i <= 300; i++)
        {
            expected.Append($"    <li class=\"item{(i % 5 == 0 ? " pinned" : "")}\" id=\"i{i}\"><a href=\"/item/{i}?a&#x3D;1&amp;b&#x3D;{i}\">Item {i}: &lt;x&gt; ünï 😀 {new string('y', i)}</a> <em>Dee O&#x27;Neil</em> <b>{i * 137}</b></li>\n");
        }

        expected.Append("""
              </ul>
              <footer>2025 Example &amp; Sons
              <b>raw</b></footer>
            </main>

            """);
        Assert.Equal(expected.ToString(), site.Render("page", model));
    }
}
