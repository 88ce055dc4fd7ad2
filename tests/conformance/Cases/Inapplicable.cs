using System.Text.Json;

namespace Platform.Conformance.Cases;

/// <summary>Why a case can't be put to an engine in C#.</summary>
/// <param name="What">What the case needs.</param>
/// <param name="Why">Why there is none of it here.</param>
internal sealed record Inapplicable(string What, string Why)
{
    public static Inapplicable FunctionInData { get; } = new("a function in the data", "data are null, bool, number, string, list or map; what is computed, a plugin or a helper computes");

    public static Inapplicable FunctionAsPartial { get; } = new("a partial that is a function", "partials are templates of the theme");

    public static Inapplicable CustomDecorator { get; } = new("a custom decorator", "a decorator rewrites compiled JavaScript; of all of them only inline is known");

    public static Inapplicable TrackIds { get; } = new("trackIds", "for template bindings of JavaScript; a helper gets values, not the paths they came from");

    public static Inapplicable StringParams { get; } = new("stringParams", "deprecated by Handlebars.js itself; a helper gets values, not their source text");

    public static Inapplicable ListWithHoles { get; } = new("a list with holes", "a list has a value at every index; JavaScript alone tells a hole from a missing value");

    public static IReadOnlyList<Inapplicable> All { get; } = [FunctionInData, FunctionAsPartial, CustomDecorator, TrackIds, StringParams, ListWithHoles];

    /// <summary>The first reason that holds, or null for a case that applies.</summary>
    public static Inapplicable? Of(SpecCase one) =>
        Has(one, "data", "!code") || Has(one, "runtimeOptions", "!code") ? FunctionInData
        : Has(one, "partials", "!code") ? FunctionAsPartial
        : one.Part("decorators") is not null ? CustomDecorator
        : one.CompileOptions.Any(option => option.Name == "trackIds") ? TrackIds
        : one.CompileOptions.Any(option => option.Name == "stringParams") ? StringParams
        : Has(one, "data", "!sparsearray") ? ListWithHoles
        : null;

    private static bool Has(SpecCase one, string part, string mark) => one.Part(part) is { } json && Has(json, mark);

    private static bool Has(JsonElement json, string mark) => json.ValueKind switch
    {
        JsonValueKind.Object => json.TryGetProperty(mark, out _) || json.EnumerateObject().Any(member => Has(member.Value, mark)),
        JsonValueKind.Array => json.EnumerateArray().Any(item => Has(item, mark)),
        _ => false,
    };
}
