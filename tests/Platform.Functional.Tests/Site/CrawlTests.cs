using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace Platform.Functional.Tests.Site;

/// <summary>Every page and file that can be reached from the front page.</summary>
public sealed class CrawlTests(ShippedSite site) : IClassFixture<ShippedSite>
{
    [Theory]
    [InlineData("localhost")]
    [InlineData("dark.localhost")]
    public async Task Links_FromTheFrontPage_AllLeadSomewhere(string host)
    {
        var visitor = await site.VisitorAsync(host);
        var (complaints, pages) = (new List<string>(), new Dictionary<string, IHtmlDocument?>(StringComparer.Ordinal));
        var (waiting, anchors) = (new Queue<(string Url, string From)>([("/", "the start"), ("/nope", "the start"), ("/warning", "the start")]), new List<(string Page, string Id, string From)>());
        while (waiting.TryDequeue(out var next))
        {
            if (pages.ContainsKey(next.Url)) continue;
            var reply = await visitor.GetAsync(next.Url);
            var isExpected = next.Url == "/nope" ? reply.Code == 404 : reply.Code == 200;
            if (!isExpected) complaints.Add($"{next.Url} (linked from {next.From}) answers {reply.Code}");
            var isHtml = reply.Header("Content-Type")?.StartsWith("text/html", StringComparison.Ordinal) == true;
            pages[next.Url] = isHtml ? reply.Document : null;
            if (!isHtml) continue;
            complaints.AddRange(Faults(reply.Document).Select(fault => $"{next.Url}: {fault}"));
            foreach (var link in Links(reply.Document))
            {
                var target = link.Split('#')[0];
                if (target.Length == 0) target = next.Url;
                if (!target.StartsWith('/') || target.StartsWith("//", StringComparison.Ordinal))
                {
                    if (!link.StartsWith("mailto:", StringComparison.Ordinal) && link != "about:blank") complaints.Add($"{next.Url}: {link} leads to another server");
                    continue;
                }

                waiting.Enqueue((target, next.Url));
                if (link.IndexOf('#') is var hash and >= 0) anchors.Add((target, link[(hash + 1)..], next.Url));
            }
        }

        complaints.AddRange(anchors.Where(a => pages[a.Page]?.GetElementById(a.Id) is null).Select(a => $"{a.Page}#{a.Id} (linked from {a.From}) is not there"));
        Assert.True(complaints.Count == 0, string.Join('\n', complaints.Distinct()));
        Assert.True(pages.Values.Count(page => page is not null) >= 25, $"Only {pages.Count} pages were found: {string.Join(' ', pages.Keys)}");
    }

    private static IEnumerable<string> Links(IHtmlDocument page) =>
        from element in page.QuerySelectorAll("a[href], link[href], img[src], script[src], source[src]")
        select element.GetAttribute("href") ?? element.GetAttribute("src")!;

    /// <summary>What every page needs for a reader who can't see it.</summary>
    private static IEnumerable<string> Faults(IHtmlDocument page)
    {
        if (string.IsNullOrWhiteSpace(page.Title)) yield return "has no title";
        if (page.QuerySelectorAll("h1").Length is var h1 and not 1) yield return $"has {h1} h1; expected one";
        if (page.QuerySelectorAll("main").Length is var main and not 1) yield return $"has {main} main; expected one";
        if (string.IsNullOrEmpty(page.DocumentElement.GetAttribute("lang"))) yield return "says no language";
        if (page.QuerySelector("meta[name=viewport]") is null) yield return "has no viewport";
        foreach (var image in page.QuerySelectorAll("img:not([alt])")) yield return $"has an image without alt: {image.GetAttribute("src")}";
        foreach (var id in page.QuerySelectorAll("[id]").GroupBy(e => e.Id).Where(g => g.Count() > 1)) yield return $"has the id {id.Key} {id.Count()} times";
        foreach (var field in page.QuerySelectorAll("input:not([type=hidden]):not([type=submit])"))
        {
            if (field.GetAttribute("aria-label") is null && page.QuerySelector($"label[for='{field.Id}']") is null && field.Closest("label") is null) yield return $"has a field without a label: {field.OuterHtml}";
        }

        if (page.DocumentElement.OuterHtml.Contains("{{", StringComparison.Ordinal)) yield return "shows template code";
    }
}
