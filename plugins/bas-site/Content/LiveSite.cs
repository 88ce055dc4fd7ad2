using BasSite.News;

namespace BasSite.Content;

/// <summary>
/// The site as its content folder is now. A caller who comes 50 ms or more after the last look looks again, and whoever comes
/// meanwhile waits for what it finds: the server drops its stored pages about 100 ms after a change, and no page that is
/// stored after that may be made of what was there before.
/// </summary>
internal sealed class LiveSite
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private readonly string folder;
    private readonly SiteSettings settings;
    private readonly TimeProvider clock;
    private readonly LastGood<Article> articles;
    private readonly LastGood<Department> departments;
    private readonly LastGood<Leaf> leaves;
    private readonly TextWriter log;
    private readonly Lock looking = new();
    private IReadOnlyList<FileStamp> seen;
    private long lookedAt;
    private volatile Site current;

    /// <exception cref="InvalidOperationException">There is nothing to serve.</exception>
    public LiveSite(string folder, SiteSettings settings, TimeProvider clock, TextWriter log)
    {
        (this.folder, this.settings, this.clock, this.log) = (folder, settings, clock, log);
        articles = new(Article.Read, log);
        departments = new(Department.Read, log);
        leaves = new(Leaf.Read, log);
        seen = Look();
        lookedAt = clock.GetTimestamp();
        current = Build(seen);
        if (current.IsEmpty) throw new InvalidOperationException($"{folder}: found no readable content; expected Markdown files here and in news/. Put one in, or set settings.content.");
    }

    public Site Current
    {
        get
        {
            if (IsDue)
            {
                lock (looking)
                {
                    if (IsDue) Refresh();
                }
            }

            return current;
        }
    }

    private bool IsDue => clock.GetElapsedTime(Interlocked.Read(ref lookedAt)) >= Pause;

    private void Refresh()
    {
        var started = clock.GetTimestamp();
        try
        {
            var now = Look();
            if (now.SequenceEqual(seen)) return;
            var next = Build(now);
            seen = now;

            // A folder that is gone for a moment (a deploy, a checkout) is not a wish for an empty site.
            if (!next.IsEmpty) current = next;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            log.WriteLine($"bas-site: {folder}: {e.Message} The site stays as it was.");
        }
        finally
        {
            Interlocked.Exchange(ref lookedAt, started);
        }
    }

    private IReadOnlyList<FileStamp> Look() =>
        [.. FileStamp.Of(folder), .. FileStamp.Of(Path.Combine(folder, "departments")), .. FileStamp.Of(Path.Combine(folder, "news"))];

    private Site Build(IReadOnlyList<FileStamp> stamps)
    {
        var of = stamps.ToLookup(s => Path.GetRelativePath(folder, Path.GetDirectoryName(s.Path)!));
        return new(settings, Unique(articles.Read([.. of["news"]])), departments.Read([.. of["departments"]]), leaves.Read([.. of["."]]));
    }

    private List<Article> Unique(IReadOnlyList<Article> found)
    {
        var unique = new Dictionary<int, Article>();
        foreach (var article in found)
        {
            if (unique.TryAdd(article.Id, article)) continue;
            log.WriteLine($"bas-site: {Path.Combine(folder, "news", article.Slug)}.md: id: found {article.Id} as in {unique[article.Id].Slug}.md; expected a number of its own. Until then the article is left out.");
        }

        return [.. unique.Values];
    }
}
