using System.Diagnostics;
using Platform.Host.Caching;
using Platform.Host.Configuration;
using Platform.Host.Plugins;

namespace Platform.Host.Generations;

/// <summary>
/// Sees that files of the site have changed and brings the next generation into force. Events of the file system and
/// messages of other servers are hints to look now; a look every two seconds, of a site of thousands of files every thirty at most,
/// is what is relied on.
/// </summary>
public sealed class SiteWatcher : IAsyncDisposable
{
    private const int MostRemarks = 50;

    /// <summary>One look in so many times what it takes.</summary>
    private const int LooksTake = 200;

    private static readonly TimeSpan FirstVisitors = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestPoll = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Stable = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(2);

    private readonly SiteFolder site;
    private readonly GenerationBuilder builder;
    private readonly GenerationStore generations;
    private readonly PageStore pages;
    private readonly ILogger logger;
    private readonly SemaphoreSlim hint = new(0, 1);
    private readonly SemaphoreSlim one = new(1, 1);
    private readonly CancellationTokenSource stop = new();
    private readonly List<FileSystemWatcher> watchers = [];
    private readonly Task watching;
    private bool isHinted = true;
    private TimeSpan poll = Poll;
    private SiteState built;
    private string reported = "";
    private IReadOnlyList<Problem> remarks = [];
    private int remarked;

    /// <summary>Starts watching.</summary>
    /// <param name="site">The site.</param>
    /// <param name="built">What its files looked like when the generation in force was built.</param>
    /// <param name="builder">Builds the next one.</param>
    /// <param name="generations">Holds the one in force.</param>
    /// <param name="pages">Told what is configured, and to tell the other servers.</param>
    /// <param name="logger">Told what happens.</param>
    public SiteWatcher(SiteFolder site, SiteState built, GenerationBuilder builder, GenerationStore generations, PageStore pages, ILogger logger)
    {
        (this.site, this.built, this.builder, this.generations, this.pages, this.logger) = (site, built, builder, generations, pages, logger);
        pages.SiteChanged += Look;
        Watch(site.Root, recursive: false);
        Watch(site.WwwRoot, recursive: true);
        Watch(site.Plugins, recursive: true);
        watching = Task.Run(RunAsync);
    }

    /// <summary>Raised when another generation is in force.</summary>
    public event Action<Generation>? Swapped;

    /// <summary>Looks at the files now.</summary>
    public void Look()
    {
        if (hint.CurrentCount > 0) return;
        try
        {
            hint.Release();
        }
        catch (SemaphoreFullException)
        {
            // Another was quicker; a look is due.
        }
    }

    /// <summary>Builds the next generation now, whether files have changed or not.</summary>
    /// <param name="isDropAllowed">True where sections that protect the site may go.</param>
    /// <returns>What is wrong; what has problems keeps its last good state.</returns>
    public async Task<IReadOnlyList<Problem>> ReloadAsync(bool isDropAllowed)
    {
        await one.WaitAsync();
        try
        {
            builder.Retry();
            return await BuildAsync(SiteState.Take(site), isDropAllowed);
        }
        finally
        {
            one.Release();
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        pages.SiteChanged -= Look;
        await stop.CancelAsync();
        foreach (var watcher in watchers) watcher.Dispose();
        await watching;
        stop.Dispose();
    }

    // In whatever order they were found.
    private static string Text(IEnumerable<Problem> problems) => string.Join('\n', problems.Select(problem => problem.ToString()).Order(StringComparer.Ordinal));

    private void Watch(string folder, bool recursive)
    {
        if (!Directory.Exists(folder)) return;
        try
        {
            var watcher = new FileSystemWatcher(folder) { IncludeSubdirectories = recursive, NotifyFilter = NotifyFilters.FileName | NotifyFilters.DirectoryName | NotifyFilters.LastWrite | NotifyFilters.Size };
            watcher.Changed += (_, change) => Hear(folder, change);
            watcher.Created += (_, change) => Hear(folder, change);
            watcher.Deleted += (_, change) => Hear(folder, change);
            watcher.Renamed += (_, change) => Hear(folder, change);
            watcher.EnableRaisingEvents = true;
            watchers.Add(watcher);
        }
        catch (IOException exception)
        {
            isHinted = false;
            logger.LogWarning("{Folder}: changes are seen within {Seconds} s only: {Error}", site.Relative(folder), Poll.TotalSeconds, exception.Message);
        }
    }

    /// <summary>What a plugin writes into its own folder is no change of the site.</summary>
    private void Hear(string folder, FileSystemEventArgs change)
    {
        if (folder == site.Plugins && change.Name?.Split(Path.DirectorySeparatorChar) is [_, .. var below] && (below is [PluginTree.Data, ..] || below.SkipLast(1).Any(part => PluginTree.IsOfOthers(part)))) return;
        Look();
    }

    private async Task RunAsync()
    {
        try
        {
            await LookIntoTemplatesAsync();
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            logger.LogError(exception, "the templates could not be looked into; pages show what is wrong with them");
        }
        catch (OperationCanceledException)
        {
            return;
        }

        while (!stop.IsCancellationRequested)
        {
            try
            {
                await hint.WaitAsync(poll, stop.Token);
                Remark();
                await one.WaitAsync(stop.Token);
                try
                {
                    var from = Stopwatch.GetTimestamp();
                    var seen = SiteState.Take(site);
                    // Of a large site a look takes long enough to be felt: it is looked at less often where nothing hints at a change.
                    if (isHinted) poll = TimeSpan.FromSeconds(Math.Clamp(LooksTake * Stopwatch.GetElapsedTime(from).TotalSeconds, Poll.TotalSeconds, LongestPoll.TotalSeconds));
                    if (seen.Equals(built)) continue;
                    // Built only once nobody writes any more, for a half-copied file is none; but one who never stops does not stop the rest.
                    for (var waited = TimeSpan.Zero; waited < LongestWait; waited += Stable)
                    {
                        await Task.Delay(Stable, stop.Token);
                        var next = SiteState.Take(site);
                        if (next.Equals(seen)) break;
                        seen = next;
                    }

                    await BuildAsync(seen, isDropAllowed: false);
                    pages.AnnounceChange();
                }
                finally
                {
                    one.Release();
                }
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (Exception exception)
            {
                logger.LogError(exception, "the site's files could not be looked at; the state in force serves on");
            }
        }
    }

    private async Task<IReadOnlyList<Problem>> BuildAsync(SiteState seen, bool isDropAllowed)
    {
        var previous = generations.Current;
        // First: what can't be built is not tried again until it changes.
        built = seen;
        var (next, problems) = await builder.BuildAsync(previous, isDropAllowed);
        Report(problems);
        pages.Configure(next!.Options.Cache, next.Options.Redis);
        generations.Swap(next);
        Swapped?.Invoke(next);
        if (AtStart(next.Options) != AtStart(previous.Options)) logger.LogWarning("config.yaml: changes of server.urls, limits and data_folder, of auth.secret_key and of logging other than level and access take effect at the next start");
        logger.LogInformation("generation {Number} in force{Problems}", next.Number, problems.Count == 0 ? "" : $"; {problems.Count} problems, see above");
        return problems;
    }

    private static string AtStart(SiteOptions options)
    {
        var (server, logging) = (options.Server, options.Logging);
        return $"{string.Join(' ', server.Urls)} {server.MaxConnections} {server.MaxBodyBytes} {server.Shutdown} {server.DataFolder} {server.InlineHits} {options.Auth.SecretKey.Value} {logging.Console} {logging.File} {logging.AccessFile} {logging.MaxFiles} {logging.MaxFileBytes}";
    }

    /// <summary>Says what is wrong in the templates of the first generation: no reason to keep a start waiting. What else is wrong was said before it served.</summary>
    private async Task LookIntoTemplatesAsync()
    {
        // The first visitors come first.
        await Task.Delay(FirstVisitors, stop.Token);
        await one.WaitAsync(stop.Token);
        try
        {
            // Where it was reloaded by now all was said.
            if (generations.Current is not { IsFirst: true } first) return;
            foreach (var problem in first.Templates.Errors) ProblemText.Write(logger, problem);
            reported = Text(first.Problems);
        }
        finally
        {
            one.Release();
        }
    }

    /// <summary>Says once what should be looked at in the templates in force: no reason to keep a start or a change waiting.</summary>
    private void Remark()
    {
        var current = generations.Current;
        if (current.Number == remarked) return;
        var warnings = current.Templates.Warnings;
        var fresh = warnings.ExceptBy(remarks.Select(said => said.ToString()), warning => warning.ToString()).ToList();
        foreach (var warning in fresh.Take(MostRemarks)) logger.LogWarning("{Warning}", warning);
        if (fresh.Count > MostRemarks) logger.LogWarning("{Count} more warnings about templates; platform check names them all", fresh.Count - MostRemarks);
        (remarks, remarked) = (warnings, current.Number);
    }

    private void Report(IReadOnlyList<Problem> problems)
    {
        var text = Text(problems);
        if (text == reported) return;
        reported = text;
        foreach (var problem in problems) ProblemText.Write(logger, problem);
    }
}
