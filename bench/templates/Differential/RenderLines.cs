using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Platform.Templating;

namespace Platform.Bench.Templates.Differential;

/// <summary>A case a line in, its results a line out: what the differential measure asks of this engine.</summary>
internal static class RenderLines
{
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static int Run(Stream input, Stream output)
    {
        var lines = new StreamReader(input, new UTF8Encoding(false));
        var answer = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(answer, Plain);
        while (lines.ReadLine() is { } line)
        {
            answer.ResetWrittenCount();
            writer.Reset();
            Answer(Case.Read(line), writer);
            writer.Flush();
            answer.Write("\n"u8);
            output.Write(answer.WrittenSpan);
            output.Flush();
        }

        return 0;
    }

    private static void Answer(Case asked, Utf8JsonWriter writer)
    {
        writer.WriteStartArray();
        foreach (var (text, error) in asked.Render())
        {
            writer.WriteStartObject();
            if (error is null) writer.WriteString("out", text);
            else writer.WriteString("error", error.Message);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}

/// <summary>A template with its partials and options, and the models it is rendered with.</summary>
internal sealed record Case(string Template, IReadOnlyDictionary<string, string> Partials, TemplateOptions Options, IReadOnlyList<object?> Models)
{
    private static readonly RenderBudget Budget = new(TimeSpan.FromSeconds(5), 8 * 1024 * 1024, 5_000_000);

    public static Case Read(string line)
    {
        using var document = JsonDocument.Parse(line);
        var root = document.RootElement;
        return new(
            root.GetProperty("template").GetString()!,
            root.GetProperty("partials").EnumerateObject().ToDictionary(p => p.Name, p => p.Value.GetString()!),
            ReadOptions(root.GetProperty("options")),
            [.. root.GetProperty("models").EnumerateArray().Select((model, i) => i % 2 == 0 ? JsonValues.Sdk(model) : JsonValues.Plain(model))]);
    }

    /// <summary>The page of each model, or why there is none.</summary>
    public IEnumerable<(string? Text, TemplateException? Error)> Render()
    {
        var template = Compile(out var refused);
        return Models.Select(model => template is null ? (null, refused) : Render(template, model));
    }

    private static (string? Text, TemplateException? Error) Render(Template template, object? model)
    {
        var output = new ArrayBufferWriter<byte>();
        try
        {
            template.Render(model, output, Budget);
            return (Encoding.UTF8.GetString(output.WrittenSpan), null);
        }
        catch (TemplateException error)
        {
            return (null, error);
        }
    }

    private Template? Compile(out TemplateException? refused)
    {
        try
        {
            var partials = Partials.ToDictionary(p => p.Key, p => TemplateSyntax.Read(new(p.Key, p.Value), Options));
            refused = null;
            return new TemplateEnvironment(partials, Helpers.All, Options).Compile(TemplateSyntax.Read(new("page", Template), Options));
        }
        catch (TemplateException error)
        {
            refused = error;
            return null;
        }
    }

    private static TemplateOptions ReadOptions(JsonElement options)
    {
        bool On(string name) => options.TryGetProperty(name, out var value) && value.GetBoolean();
        return new()
        {
            Strict = On("strict"),
            AssumeObjects = On("assumeObjects"),
            Compat = On("compat"),
            NoEscape = On("noEscape"),
            PreventIndent = On("preventIndent"),
            IgnoreStandalone = On("ignoreStandalone"),
            ExplicitPartialContext = On("explicitPartialContext"),
            KnownHelpersOnly = On("knownHelpersOnly"),
            KnownHelpers = options.TryGetProperty("knownHelpers", out var names) ? names.EnumerateArray().Select(name => name.GetString()!).ToHashSet() : [],
        };
    }
}
