using BasSite.News;

namespace BasSite.Content;

/// <summary>A page that stands alone: home.md, about.md, warning.md.</summary>
/// <param name="Name">The file's name without extension.</param>
/// <param name="Figures">Pairs of a figure and what it counts.</param>
internal sealed record Leaf(string Name, string Title, string Summary, IReadOnlyList<(string Value, string Label)> Figures, Markup Body)
{
    private static readonly string[] Keys = ["title", "summary", "figures"];

    public static Leaf Read(string name, string text)
    {
        var (head, body) = FrontMatter.Read(text, Keys);
        return new(name, head.Required("title"), head.Required("summary"), Pairs(head.Optional("figures")), Markup.From(body, head.BodyLine));
    }

    // figures: 1887 first reading; 139 years
    private static IReadOnlyList<(string Value, string Label)> Pairs(string? text) =>
        [.. (text ?? "").Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(pair => pair.Split(' ', 2))
            .Select(pair => (pair[0], pair.ElementAtOrDefault(1) ?? ""))];
}

/// <summary>One of the fields the house works in: departments/*.md, in the order of the file names.</summary>
/// <param name="Topic">The tag its articles bear.</param>
internal sealed record Department(string Title, string Topic, string Summary, Markup Body)
{
    private static readonly string[] Keys = ["title", "topic", "summary"];

    public string Url => ArticleList.Address(Topic, 1);

    public static Department Read(string name, string text)
    {
        var (head, body) = FrontMatter.Read(text, Keys);
        return new(head.Required("title"), head.Words("topic")[0], head.Required("summary"), Markup.From(body, head.BodyLine));
    }
}
