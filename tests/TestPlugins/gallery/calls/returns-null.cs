/// <summary>Returns null everywhere: data, helpers, API answers.</summary>
public sealed class ReturnsNull : Misbehaving, IPlugin
{
    protected override ValueTask<PageData?> MisbehaveAsync(RequestParameter request, CancellationToken cancel) => new((PageData?)null);

    public ValueTask<PageData?> GlobalDataAsync(RequestParameter request, CancellationToken cancel) => new((PageData?)null);

    public ValueTask<ApiResult?> ApiDispatchAsync(string app, RequestParameter request, CancellationToken cancel) => new((ApiResult?)null);
}
