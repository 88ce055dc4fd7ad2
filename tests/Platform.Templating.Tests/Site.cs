using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Platform.Templating.Tests;

/// <summary>A page and its partials, data as JSON.</summary>
internal sealed class Site(params (string Name, string Text)[] partials)
{
    public List<Helper> Helpers { get; } = [];

    public TemplateOptions Options { get; init; } = TemplateOptions.Default;

    public Template Compile(string page) => new TemplateEnvironment(
        partials.ToDictionary(partial => partial.Name, partial => TemplateSyntax.Read(new(partial.Name + ".html", partial.Text), Options)), Helpers, Options)
        .Compile(TemplateSyntax.Read(new("page.html", page), Options));

    public string Render(string page, string data = "{}") => Compile(page).Render(Json(data));

    public string Render(string page, object? model, RenderBudget budget, object? state = null)
    {
        var output = new ArrayBufferWriter<byte>();
        Compile(page).Render(model, output, budget, state);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    public TemplateException Fails(string page, string data = "{}") => Assert.Throws<TemplateException>(() => Render(page, data));

    public static object? Json(string text) => Value(JsonDocument.Parse(text).RootElement);

    private static object? Value(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.String => element.GetString(),
        JsonValueKind.Number when element.TryGetInt64(out var whole) => (object)whole,
        JsonValueKind.Number => element.GetDouble(),
        JsonValueKind.Array => element.EnumerateArray().Select(Value).ToList(),
        JsonValueKind.Object => element.EnumerateObject().ToDictionary(pair => pair.Name, pair => Value(pair.Value)),
        _ => null,
    };
}
