using Platform.Templating;

namespace Platform.Conformance.Helpers;

/// <summary>The helpers that return a value, by <see cref="SpecHelpers.Key"/>.</summary>
internal static class TextHelpers
{
    public static IReadOnlyDictionary<string, SpecFunction> All { get; } = new Dictionary<string, SpecFunction>
    {
        // Always the same.
        ["9cf7c1493dac"] = (in _) => "world!",
        ["6825f90fc1cb"] = (in _) => "world",
        ["590da96b6f55"] = (in _) => "foo",
        ["0abd0fa0113d"] = (in _) => null,
        ["70c28af44f06"] = (in _) => "helpers",
        ["37f131984905"] = (in _) => "helper",
        ["38a320e8290e"] = (in _) => "found it!",
        ["b40f62add9aa"] = (in _) => "dude",
        ["de4f5e23e493"] = (in _) => "missing",
        ["d6d505bc44ef"] = (in _) => "LOL",
        ["3da8e36159cc"] = (in _) => "success",

        // From the helper's name.
        ["24cedaf71426"] = (in c) => "missing: " + c.Name,
        ["9ee2929fb4ae"] = (in c) => "helper missing: " + c.Name,
        ["2e9b7fceb0a7"] = (in c) => "ran: " + c.Name,
        ["ab742feb9953"] = (in c) => c.Name == "link_to" ? new SafeString($"<a>{c.Text(0)}</a>") : null,
        ["4fe45cfcbc0a"] = (in c) => c.Name == "link_to" ? new SafeString("<a>winning</a>") : null,

        // From arguments.
        ["71797106ac87"] = (in c) => Js.Same(c[0], c[1]),
        ["94352dfa8c3b"] = (in c) => Js.Same(c[0], c[1]),
        ["e9b5ef56bdd6"] = (in c) => $"{c.Text(0)}-{c.Text(1)}",
        ["66340a76d17c"] = (in c) => Js.Add(c[0], c[1]),
        ["0168bf6de938"] = (in c) => Js.Add(c[0], c[0]),
        ["ae6d3a32b76d"] = (in c) => "cruel " + Js.Upper(c[0]),
        ["b5c5fbbd2346"] = (in c) => "Hello " + c.Text(0),
        ["570840c5c334"] = (in c) => "Hello " + c.Text(0),
        ["6c18f5570bed"] = (in c) => "val is " + c.Text(0),
        ["47dff16f4814"] = (in c) => $"val is {c.Text(0)}, {c.Text(1)} and {c.Text(2)}",
        ["35cbfa4fabd9"] = (in c) => "bar " + c.Text(0),
        ["ea44a7a80cb7"] = (in c) => $"Hello {Count(c[0])} times",
        ["9e0ec63df93b"] = (in c) => $"Hello {Count(c[0])} {Count(c[1])} times",
        ["2e7f2ecbecbd"] = (in c) => $"Hello {c.Text(0)} {Count(c[1])} times: {Flag(c[2])} {Flag(c[3])}",
        ["4f7f55acf639"] = (in c) => $"Goodbye {c.Text(0)} {c.Text(1)}",
        ["c82c93aae0b0"] = (in c) => Js.TypeOf(c[0]),
        ["262d9f6aace7"] = (in c) => c.Text(0),
        ["5b47a8f87fcc"] = (in c) => new SafeString(c.Text(0)),

        // From named arguments.
        ["272b58f2f1ea"] = (in c) => "Hello " + c.Named("noun"),
        ["85b84be0d3a2"] = (in c) => "val is " + c.Named("fun"),
        ["1376c691c485"] = (in c) => $"GOODBYE {c.Named("cruel")} {c.Named("world")} {c.Named("times")} TIMES",
        ["9a802a70aa3b"] = (in c) => Printed(c) ?? $"GOODBYE {c.Named("cruel")} {c.Named("world")}",
        ["d8d8032919e0"] = (in c) => c.Hash.GetValueOrDefault("length"),
        ["333fa35949bc"] = (in c) => c.Hash.TryGetValue("value", out var value) && value is null ? "success" : throw new HelperException("value= is not there, or not empty."),
        ["4e5bbf35630d"] = (in c) => new SafeString($"<input aria-label=\"{Escaped(c, "aria-label")}\" placeholder=\"{Escaped(c, "placeholder")}\" />"),

        // From the context and @data.
        ["e32075d417e5"] = (in c) => Js.Upper(Js.Property(c.This, "goodbye")),
        ["cfeed69602d6"] = (in c) => Js.Property(c.This, "testProperty"),
        ["99eb1a39e6a3"] = (in c) => $"<a href=\"{c.Text(0)}/{c.Own("url")}\">{c.Own("text")}</a>",
        ["b166b98dd74b"] = (in c) => c.Data("exclaim"),
        ["9c2c623c77cc"] = (in c) => $"{Adjective(c)} {c.Own("noun")}",
        ["43df883c5899"] = (in c) => $"{Adjective(c)} {c.Text(0)}{Js.Property(c.This, "exclaim") switch { true => "true", string text => text, _ => "" }}",
        ["beb2e4a8b96f"] = (in c) => $"{Adjective(c)} {c.Text(0)}{Exclaim(c)}",
        ["aa09ede8cded"] = (in c) => $"{Adjective(c)} world{Exclaim(c)}",
    };

    /// <summary>What the cases' helpers with <c>print=</c> say; null where they print.</summary>
    public static string? Printed(in SpecCall call) => call.Hash.GetValueOrDefault("print") switch
    {
        true => null,
        false => "NOT PRINTING",
        _ => "THIS SHOULD NOT HAPPEN",
    };

    private static string Adjective(in SpecCall call) => Js.Text(call.Data("adjective"));

    private static string Exclaim(in SpecCall call) => TemplateValue.IsTruthy(Js.Property(call.This, "exclaim")) ? "!" : "";

    private static string Count(object? value) => Js.Text(Js.Or(value, "number", "NaN"));

    private static string Flag(object? value) => Js.Text(Js.Or(value, "boolean", "NaB"));

    private static string Escaped(in SpecCall call, string name) => call.Hash.GetValueOrDefault(name) switch
    {
        SafeString safe => safe.Value,
        var value => System.Net.WebUtility.HtmlEncode(Js.Text(value)),
    };
}
