using Platform.Sdk;

namespace BasSite;

/// <summary>What plugin.yaml and config.yaml say about this site.</summary>
internal sealed record SiteSettings
{
    public string Name { get; init; } = "Ternholm Observatory";

    public string Tagline { get; init; } = "";

    public string Language { get; init; } = "en";

    /// <summary>Where the site is reached from outside, without a trailing slash.</summary>
    public string Url { get; init; } = "http://localhost:8080";

    public string Year { get; init; } = "";

    /// <summary>Latitude and longitude, as a visitor reads them.</summary>
    public string Position { get; init; } = "";

    public string Address { get; init; } = "";

    public string Hours { get; init; } = "";

    public string Contact { get; init; } = "";

    /// <summary>The folder of the Markdown files, from the plugin's folder.</summary>
    public string Content { get; init; } = "content";

    /// <summary>Articles on a page, 1 to 50.</summary>
    public int PageSize { get; init; } = 5;


    /// <exception cref="ArgumentException">A setting is not what it should be; the message names it.</exception>
    public static SiteSettings From(DataMap settings)
    {
        var none = new SiteSettings();
        return new()
        {
            Name = Text(settings, "name", none.Name),
            Tagline = Text(settings, "tagline", none.Tagline),
            Language = Text(settings, "language", none.Language),
            Url = Text(settings, "url", none.Url).TrimEnd('/'),
            Year = Text(settings, "year", none.Year),
            Position = Text(settings, "position", none.Position),
            Address = Text(settings, "address", none.Address),
            Hours = Text(settings, "hours", none.Hours),
            Contact = Text(settings, "contact", none.Contact),
            Content = Text(settings, "content", none.Content),
            PageSize = Number(settings, "page_size", none.PageSize, 1, 50),
        };
    }

    private static string Text(DataMap settings, string key, string otherwise) => settings[key] switch
    {
        null => otherwise,
        string text => text.Trim(),
        long number => number.ToString(),
        var value => throw new ArgumentException($"settings.{key}: found a {value.GetType().Name}; expected text. Write it on one line."),
    };

    private static int Number(DataMap settings, string key, int otherwise, int least, int most)
    {
        var text = Text(settings, key, otherwise.ToString());
        return int.TryParse(text, out var number) && number >= least && number <= most
            ? number
            : throw new ArgumentException($"settings.{key}: found '{text}'; expected a whole number from {least} to {most}. Correct it in plugin.yaml or config.yaml.");
    }
}
