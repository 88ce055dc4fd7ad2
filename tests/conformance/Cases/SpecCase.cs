using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Platform.Conformance.Cases;

/// <summary>One case as the specification has it.</summary>
/// <param name="Section">The file it stands in.</param>
/// <param name="Index">Its place there, from 0.</param>
/// <param name="Json">All of it.</param>
internal sealed partial record SpecCase(string Section, int Index, JsonElement Json)
{
    public string Id => $"{Section} {Index}";

    /// <summary>What it shows, in the specification's words.</summary>
    public string Title => Json.GetProperty("it").GetString()!;

    public string Template { get; } = Json.GetProperty("template").GetString()!;

    /// <summary>Whether the template must be refused or its rendering fail.</summary>
    public bool MustFail => Json.TryGetProperty("exception", out _);

    /// <summary>The line that the error must name; null where the specification names none.</summary>
    public int? ErrorLine => LineNumber().Match(Part("exception") is { ValueKind: JsonValueKind.String } text ? text.GetString()! : "") is { Success: true } found
        ? int.Parse(found.Value, CultureInfo.InvariantCulture)
        : null;

    /// <summary>The page; for the tokenizer the tokens as JSON.</summary>
    public string Expected => !Json.TryGetProperty("expected", out var text) ? "an error" : text.ValueKind == JsonValueKind.String ? text.GetString()! : text.GetRawText();

    public object? Data => Part("data") is { } data ? SpecValue.Of(data) : null;

    /// <summary>The values of <c>@name</c>.</summary>
    public IReadOnlyDictionary<string, object?>? AtData =>
        Part("runtimeOptions") is { } options && options.TryGetProperty("data", out var data) ? SpecValue.Of(data) as IReadOnlyDictionary<string, object?> : null;

    public IEnumerable<(string Name, string Text)> Partials => Members("partials").Select(partial => (partial.Name, partial.Value.GetString()!));

    /// <summary>The helpers' names and JavaScript; what has none, or is a plain text, is no helper in JavaScript.</summary>
    public IEnumerable<(string Name, string Source)> Helpers =>
        from helper in Members("helpers")
        where helper.Value.ValueKind == JsonValueKind.Object && helper.Value.TryGetProperty("javascript", out _)
        select (helper.Name, helper.Value.GetProperty("javascript").GetString()!);

    public IEnumerable<JsonProperty> CompileOptions => Members("compileOptions");

    /// <summary>A member of the case, or null.</summary>
    public JsonElement? Part(string name) => Json.TryGetProperty(name, out var part) ? part : null;

    public static IReadOnlyList<SpecCase> Load(string folder) =>
        [.. Sections.All.SelectMany(section =>
        {
            using var file = File.OpenRead(Path.Combine(folder, section + ".json"));
            return JsonDocument.Parse(file).RootElement.EnumerateArray().Select((json, index) => new SpecCase(section, index, json)).ToList();
        })];

    private JsonElement.ObjectEnumerator Members(string name) => Part(name) is { ValueKind: JsonValueKind.Object } part ? part.EnumerateObject() : default;

    [GeneratedRegex(@"(?<=on line |- )\d+(?=/|:)")]
    private static partial Regex LineNumber();
}
