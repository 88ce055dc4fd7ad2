using Platform.Host.Plugins.Unloading;
using Platform.Sdk;

namespace Platform.Host.Plugins.Testing;

/// <summary>The plugins of one assembly, started for a test.</summary>
public sealed class StartedPlugins(PluginLoadContext context, IReadOnlyList<IPlugin> plugins, IReadOnlyList<string> pages)
{
    private IReadOnlyList<IPlugin> plugins = plugins;
    private PluginLoadContext? context = context;

    /// <summary>The pages that are probably theirs, and the start page.</summary>
    public IReadOnlyList<string> OwnPaths { get; } = [.. plugins.SelectMany(plugin => new[] { plugin.Name, "/" + plugin.Name }).Concat(pages).Append("/").Distinct()];

    /// <summary>Asks each for a page's data, as a server does: on another thread, with a deadline.</summary>
    /// <exception cref="Exception">What a plugin throws; <see cref="TimeoutException"/> where it does not answer in time.</exception>
    public async Task<IReadOnlyList<PageData?>> DataForAsync(string path, RequestParameter request, TimeSpan? limit = null, CancellationToken cancel = default)
    {
        var answers = new List<PageData?>();
        foreach (var plugin in plugins) answers.Add(await CallAsync(() => plugin.DataForAsync(path, request.Fresh(), cancel), limit));
        return answers;
    }

    /// <summary>Asks each for everything else that it may answer.</summary>
    /// <exception cref="Exception">As above.</exception>
    public async Task<IReadOnlyList<PageData?>> OthersAsync(RequestParameter request)
    {
        var answers = new List<PageData?>();
        foreach (var plugin in plugins)
        {
            answers.Add(await CallAsync(() => plugin.GlobalDataAsync(request.Fresh(), CancellationToken.None), null));
            await CallAsync(() => plugin.ApiDispatchAsync(request.App, request.Fresh(), CancellationToken.None), null);
            if (plugin is IPageMiddleware middleware) await CallAsync(() => middleware.InvokeAsync(request.Fresh(), CancellationToken.None), null);
        }

        return answers;
    }

    /// <summary>Asks for their own pages, whether they answer or not; that is another assertion's affair.</summary>
    public async Task UseAsync()
    {
        foreach (var path in OwnPaths)
        {
            try
            {
                await DataForAsync(path, TestRequests.Of(path));
                await OthersAsync(TestRequests.Of(path));
            }
            catch (TimeoutException)
            {
                return;
            }
            catch (Exception)
            {
                // The next path may be one that it knows.
            }
        }
    }

    /// <summary>Disposes them and lets go of their code.</summary>
    /// <returns>What tells whether it goes.</returns>
    public async Task<UnloadSubject> StopAsync()
    {
        foreach (var plugin in plugins)
        {
            if (plugin is IAsyncDisposable disposable) await Task.Run(() => disposable.DisposeAsync().AsTask()).WaitAsync(TestSubject.CallLimit);
            else if (plugin is IDisposable old) await Task.Run(old.Dispose).WaitAsync(TestSubject.CallLimit);
        }

        var unloading = UnloadSubject.Unload(context!);
        (plugins, context) = ([], null);
        return unloading;
    }

    private static async Task<T> CallAsync<T>(Func<ValueTask<T>> call, TimeSpan? limit) =>
        await Task.Run(() => call().AsTask()).WaitAsync(limit ?? TestSubject.CallLimit);
}
