using Platform.Sdk;

namespace Platform.TestPlugins;

public sealed class Calls : IPlugin
{
    public string Name => "calls";

    public async ValueTask<ApiResult?> ApiDispatchAsync(string app, RequestParameter request, CancellationToken cancel)
    {
        switch (request.Module, request.Method)
        {
            case ("say", "ok"):
                return ApiResult.Ok(new DataMap { ["app"] = app, ["http"] = request.HttpMethod, ["q"] = request.Query.GetValueOrDefault("q"), ["length"] = request.Body.Length });
            case ("say", "created"):
                return ApiResult.Ok(new DataList { 1, "two", null }, 201);
            case ("say", "fail"):
                return ApiResult.Fail(422, "name_missing", "The name is missing; expected one.", "/form");
            case ("say", "throw"):
                throw new InvalidOperationException("the secret of the plugin");
            case ("say", "never"):
                await Task.Delay(Timeout.Infinite, CancellationToken.None);
                return null;
            default:
                return null;
        }
    }
}
