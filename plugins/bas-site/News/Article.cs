using System.Text.RegularExpressions;
using BasSite.Content;
using Platform.Sdk;

namespace BasSite.News;

/// <summary>An article: news/{slug}.md.</summary>
/// <param name="Id">The number it keeps when the file is renamed.</param>
/// <param name="Tags">The first one is its topic, which decides its picture.</param>
internal sealed partial record Article(int Id, string Slug, string Title, DateOnly Date, string Summary, string Author, IReadOnlyList<string> Tags, Markup Body)
{
    private static readonly string[] Keys = ["id", "title", "date", "summary", "author", "tags"];

    public string Url => $"/news/{Slug}";

    public string Day => Date.ToString("yyyy-MM-dd");

    public static Article Read(string slug, string text)
    {
        if (!Slugs().IsMatch(slug)) throw new ContentException(1, $"file name: found '{slug}'; expected small letters, digits and hyphens. Rename the file: its name is the article's address.");
        var (head, body) = FrontMatter.Read(text, Keys);
        return new(head.Number("id"), slug, head.Required("title"), head.Date("date"), head.Required("summary"), head.Required("author"), head.Words("tags"), Markup.From(body, head.BodyLine));
    }

    /// <summary>What a list shows of it.</summary>
    public DataMap Card() => new()
    {
        ["id"] = Id,
        ["slug"] = Slug,
        ["url"] = Url,
        ["title"] = Title,
        ["summary"] = Summary,
        ["date"] = Day,
        ["topic"] = Tags[0],
        ["tags"] = TagLinks(),
        ["author"] = Author,
    };

    /// <summary>What a program gets of it.</summary>
    public DataMap Record(bool whole)
    {
        var record = new DataMap
        {
            ["id"] = Id,
            ["slug"] = Slug,
            ["url"] = Url,
            ["title"] = Title,
            ["summary"] = Summary,
            ["date"] = Day,
            ["author"] = Author,
            ["tags"] = Tags,
        };
        if (!whole) return record;
        record["content"] = Body.Html;
        record["text"] = Body.Text;
        return record;
    }

    private DataList TagLinks() => new(Tags.Select(tag => new DataMap { ["name"] = tag, ["url"] = ArticleList.Address(tag, 1) }));

    [GeneratedRegex("^[a-z0-9]+(-[a-z0-9]+)*$")]
    private static partial Regex Slugs();
}
