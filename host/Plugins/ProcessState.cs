using System.Globalization;

namespace Platform.Host.Plugins;

/// <summary>
/// What belongs to the whole process and any plugin in it can change: looked at every second, on a thread of its own so that it
/// works when the pool has been shrunk, and set back. Which plugin it was can't be seen.
/// </summary>
public sealed class ProcessState : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly ManualResetEventSlim stop = new();
    private readonly ILogger logger;
    private readonly string folder = Environment.CurrentDirectory;
    private readonly TextWriter output = Console.Out;
    private readonly TextWriter errors = Console.Error;
    private readonly CultureInfo? culture = CultureInfo.DefaultThreadCurrentCulture;
    private readonly CultureInfo? wordsCulture = CultureInfo.DefaultThreadCurrentUICulture;
    private readonly int maxWorkers;
    private readonly int maxCompletions;

    /// <summary>Remembers the state as it is now, and keeps it.</summary>
    public ProcessState(ILogger logger)
    {
        this.logger = logger;
        ThreadPool.GetMaxThreads(out maxWorkers, out maxCompletions);
        new Thread(Run) { IsBackground = true, Name = "process state" }.Start();
    }

    /// <inheritdoc/>
    public void Dispose() => stop.Set();

    private void Run()
    {
        while (!stop.Wait(Interval))
        {
            // The console first: the lines about the rest go there.
            Keep("Console.Out", Console.Out == output, () => Console.SetOut(output));
            Keep("Console.Error", Console.Error == errors, () => Console.SetError(errors));
            ThreadPool.GetMaxThreads(out var workers, out var completions);
            Keep("the most threads of the pool", (workers, completions) == (maxWorkers, maxCompletions), () => ThreadPool.SetMaxThreads(maxWorkers, maxCompletions));
            Keep("the default culture", CultureInfo.DefaultThreadCurrentCulture == culture, () => CultureInfo.DefaultThreadCurrentCulture = culture);
            Keep("the default culture of texts", CultureInfo.DefaultThreadCurrentUICulture == wordsCulture, () => CultureInfo.DefaultThreadCurrentUICulture = wordsCulture);
            Keep("the current directory", Folder() == folder, () => Environment.CurrentDirectory = folder);
        }
    }

    private void Keep(string what, bool isKept, Action setBack)
    {
        if (isKept) return;
        try
        {
            setBack();
            logger.LogWarning("a plugin has changed {What} of the server's process; it is set back. A plugin with isolation: process has its own.", what);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The folder itself is gone; nothing of the server needs it.
        }
    }

    private string Folder()
    {
        try
        {
            return Environment.CurrentDirectory;
        }
        catch (IOException)
        {
            return folder;
        }
    }
}
