using BasSite.Content;

namespace BasSite.Tests;

/// <summary>A throw-away content folder, the site over it and a clock that stands still until told.</summary>
internal sealed class ContentFolder : TimeProvider, IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("bas-site-").FullName;
    private long now = 1;

    public StringWriter Log { get; } = new();

    public override long TimestampFrequency => 1000;

    public override long GetTimestamp() => now;

    public LiveSite Open(int pageSize = 2) => new(folder, new SiteSettings { PageSize = pageSize }, this, Log);

    public ContentFolder Article(int id, string slug, string tags = "tide", string title = "A title", string body = "Some text.") =>
        Write($"news/{slug}.md", $"---\nid: {id}\ntitle: {title}\ndate: 2026-01-{id:00}\nsummary: In short\nauthor: A. Author\ntags: {tags}\n---\n{body}\n");

    public ContentFolder Write(string name, string text)
    {
        var path = Path.Combine(folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return this;
    }

    public ContentFolder Delete(string name)
    {
        File.Delete(Path.Combine(folder, name));
        return this;
    }

    public void Pass(int milliseconds) => now += milliseconds;

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
