namespace Platform.Sdk;

/// <summary>
/// A plugin. Every public class that implements this interface and has a public parameterless constructor is
/// created once when its assembly is loaded. All members but <see cref="Name"/> have a default: not mine.
/// </summary>
/// <remarks>
/// Calls come from many requests at once. Each call has a deadline (<c>plugins.timeout_ms</c>, 1000 ms by default);
/// when it passes, the token is cancelled and a later answer is dropped. An exception costs the page this plugin's
/// data and nothing else.
/// </remarks>
public interface IPlugin
{
    /// <summary>The plugin's name: letters, digits, <c>-</c>, <c>_</c>, <c>.</c>, at most 64; unique on a server. It is the key of the plugin's settings.</summary>
    string Name { get; }

    /// <summary>Called once before any other call, at most 10 s. A plugin that throws here is not used; an older version stays in service.</summary>
    /// <param name="config">The plugin's settings, the application's, and where its files are.</param>
    /// <param name="cancel">Cancelled when the time is over or the server stops.</param>
    ValueTask InitAsync(PluginConfig config, CancellationToken cancel) => ValueTask.CompletedTask;

    /// <summary>The data of one page.</summary>
    /// <param name="path">The handler name of a configured route; otherwise the URL path, for example <c>/news/7</c>.</param>
    /// <param name="request">The request. What is read of it decides how far the page may be cached.</param>
    /// <param name="cancel">Cancelled at the deadline or when the visitor has gone.</param>
    /// <returns>The data, or null: not mine.</returns>
    ValueTask<PageData?> DataForAsync(string path, RequestParameter request, CancellationToken cancel) => default;

    /// <summary>
    /// Data for every page: navigation, the site's name. Kept for <c>plugins.global_data_ttl</c> (300 s by default) and
    /// shared by all visitors unless something of the request was read.
    /// </summary>
    /// <param name="request">The request. An answer made without reading the user, path, query, headers, body or client address is shared by all visitors of a host and theme.</param>
    /// <param name="cancel">Cancelled at the deadline or when the visitor has gone.</param>
    /// <returns>The data, or null: nothing to add.</returns>
    ValueTask<PageData?> GlobalDataAsync(RequestParameter request, CancellationToken cancel) => default;

    /// <summary>Answers <c>/api/{app}/{module}/{method}</c>.</summary>
    /// <param name="app">The first segment behind <c>/api/</c>.</param>
    /// <param name="request">The request, with <see cref="RequestParameter.Module"/> and <see cref="RequestParameter.Method"/>.</param>
    /// <param name="cancel">Cancelled at the deadline or when the caller has gone.</param>
    /// <returns>The answer, or null: not mine.</returns>
    ValueTask<ApiResult?> ApiDispatchAsync(string app, RequestParameter request, CancellationToken cancel) => default;
}
