namespace Platform.Host.Themes.Helpers;

/// <summary><c>{{asset "css/site.css"}}</c></summary>
internal static class AssetHelper
{
    public static object? Url(ReadOnlySpan<object?> arguments, in HelperScope scope) =>
        arguments[0] is string { Length: > 0 } path
            ? scope.Ports.AssetUrl(scope.Theme, path)
            : throw new HelperException($"the path is {TextHelpers.Shown(arguments[0])}; expected a text. Write (asset \"css/site.css\").");
}
