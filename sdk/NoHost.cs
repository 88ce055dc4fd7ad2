namespace Platform.Sdk;

/// <summary>Stands in where a plugin is started without a server, as in its own tests: writes nothing, drops nothing, and gives a plain client.</summary>
internal sealed class NoHost : IPluginLog, IPluginHttp, IPageCache
{
    private readonly Lazy<HttpClient> client = new();

    internal static NoHost Instance { get; } = new();

    public void Write(PluginLogLevel level, string message)
    {
    }

    public HttpClient Client(HttpLimits? limits = null) => client.Value;

    public ValueTask PurgeAsync(IReadOnlyList<string> tags, CancellationToken cancel = default) => ValueTask.CompletedTask;
}
