using Platform.Templating.Syntax;

namespace Platform.Templating.Analysis.Html;

/// <summary>What a tag prints, as far as its call says.</summary>
/// <param name="Helper">The helper that is called; null for a value of the data.</param>
/// <param name="IsEscaped"><c>{{x}}</c>, not <c>{{{x}}}</c>.</param>
/// <param name="IsNumber">Digits, signs of numbers, true, false or nothing.</param>
/// <param name="Name">What messages call it.</param>
internal readonly record struct Printed(string? Helper, bool IsEscaped, bool IsNumber, string Name)
{
    private static readonly string[] NumberData = ["index", "first", "last"];

    // What these return is safe where text or a quoted value stands, escaped or not.
    private static readonly string[] SafeHtml = ["html_escape", "url", "url_encode", "len"];

    public bool IsHtmlSafe => IsEscaped || IsNumber || SafeHtml.Contains(Helper);

    /// <summary>It can't make a URL run as a script.</summary>
    public bool IsUrl => Helper is "url" or "asset" or "url_encode";

    /// <param name="call">The tag's call.</param>
    /// <param name="isEscaped">As the tag says.</param>
    /// <param name="parameters">The block parameters in view; they hide helpers.</param>
    public static Printed Of(Call call, bool isEscaped, Parameters? parameters)
    {
        var (path, name) = (call.Path as PathNode, call.Path.Original);
        var isCall = call.HasArguments && path is null or { IsSimple: true, IsData: false } && !Parameters.TryFind(parameters, name, out _);
        if (isCall) return new(name, isEscaped, name == "len" || (name == "format_number" && call.Arguments is [_] or [_, LiteralNode]), name + " …");
        return new(null, isEscaped, path is { IsData: true, Parts: [var data] } && NumberData.Contains(data), name);
    }
}
