using System.Buffers;
using System.Text;
using System.Text.Unicode;
using Platform.Bench.Templates.Differential;
using Platform.Templating;
using Platform.Templating.Analysis;

namespace Platform.Bench.Templates.Fuzzing;

/// <summary>How far a template came.</summary>
internal enum Outcome
{
    NotRead,
    NotCompiled,
    NotRendered,
    Rendered,
}

/// <summary>Reads, compiles and renders one template, and checks whatever comes of it.</summary>
internal sealed class Target(int analysedEach = Target.AnalysedEach)
{
    private static readonly RenderBudget Budget = new(TimeSpan.FromMilliseconds(200), 64 * 1024, 20_000);

    private static readonly Dictionary<string, TemplateSyntax> Partials = new Dictionary<string, string>
    {
        ["p"] = "<p>{{x}}{{> @partial-block}}</p>\n",
        ["dir/p"] = "  {{#each list}}{{> p}}{{/each}}\n",
        ["loop"] = "{{x}}{{> loop}}",
        ["pong"] = "{{#each list}}{{> ping}}{{/each}}",
        ["ping"] = "{{#> pong}}{{> ping}}{{/pong}}",
    }.ToDictionary(p => p.Key, p => TemplateSyntax.Read(new(p.Key, p.Value)));

    /// <summary>The check of themes costs more than the rendering; a part of the templates is enough.</summary>
    public const int AnalysedEach = 8;

    private readonly ArrayBufferWriter<byte> output = new(128 * 1024);
    private long read;

    /// <exception cref="FuzzFinding">The template did what no template may.</exception>
    public Outcome Run(string text, object? model)
    {
        var outcome = Outcome.NotRead;
        try
        {
            var syntax = TemplateSyntax.Read(new("page", text));
            if (syntax.Error is not null) return Placed(syntax.Error, text, outcome);
            outcome = Outcome.NotCompiled;
            var partials = new Dictionary<string, TemplateSyntax>(Partials) { ["self"] = syntax };
            if (++read % analysedEach == 0) Analyse(syntax, partials, text);
            var template = new TemplateEnvironment(partials, Helpers.All).Compile(syntax);
            outcome = Outcome.NotRendered;
            output.ResetWrittenCount();
            template.Render(model, output, Budget);
            if (output.WrittenCount > Budget.MaxOutputBytes) throw new FuzzFinding($"{output.WrittenCount} bytes written; expected at most {Budget.MaxOutputBytes}");
            if (!Utf8.IsValid(output.WrittenSpan)) throw new FuzzFinding("the output is no UTF-8");
            return Outcome.Rendered;
        }
        catch (TemplateException error)
        {
            return Placed(error, text, outcome);
        }
        catch (Exception other) when (other is not FuzzFinding)
        {
            throw new FuzzFinding($"{other.GetType().Name} came out; expected none but TemplateException: {other}");
        }
    }

    private static void Analyse(TemplateSyntax syntax, Dictionary<string, TemplateSyntax> partials, string text)
    {
        foreach (var finding in UnsafePositions.Of(syntax, partials)) MustBeIn(finding.Place, text, finding.Message);
    }

    private static Outcome Placed(TemplateException error, string text, Outcome outcome)
    {
        foreach (var place in error.Trail.Prepend(error.Place)) MustBeIn(place, text, error.Message);
        if (error.Reason.Length == 0) throw new FuzzFinding("an error gives no reason");
        // Its own exceptions say what the template did; any other is a mistake in the engine that became one of the template.
        if (error.InnerException is { } inner && inner.GetType().Assembly != typeof(Template).Assembly) throw new FuzzFinding($"the engine itself failed: {error.InnerException}");
        return outcome;
    }

    private static void MustBeIn(TemplatePlace place, string text, string message)
    {
        var source = place.File == "page" ? text : Partials.GetValueOrDefault(place.File)?.Source.Text ?? throw new FuzzFinding($"'{place.File}' is no file here: {message}");
        if (!IsIn(source, place)) throw new FuzzFinding($"{place} is not inside of the text: {message}");
    }

    private static bool IsIn(string text, TemplatePlace place)
    {
        if (place.Line < 1 || place.Column < 1) return false;
        var start = 0;
        for (var line = 1; line < place.Line; line++)
        {
            start = text.IndexOf('\n', start) + 1;
            if (start == 0) return false;
        }

        var end = text.IndexOf('\n', start);
        return place.Column <= (end < 0 ? text.Length : end) - start + 1;
    }
}

/// <summary>What must not happen, and did.</summary>
internal sealed class FuzzFinding(string message) : Exception(message);
