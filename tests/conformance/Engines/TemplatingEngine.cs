using System.Buffers;
using System.Text;
using Platform.Conformance.Cases;
using Platform.Conformance.Helpers;
using Platform.Templating;

namespace Platform.Conformance.Engines;

/// <summary>Our own engine.</summary>
internal sealed class TemplatingEngine : IEngine
{
    private const string File = "template";

    public string Name => "Platform.Templating";

    public bool Takes(string section) => true;

    public string Make(SpecCase one)
    {
        try
        {
            return one.Section switch
            {
                Sections.Tokenizer => SyntaxPrinter.Tokens(one.Template),
                Sections.Parser => SyntaxPrinter.Tree(TemplateSyntax.Read(new(File, one.Template))),
                _ => Page(one),
            };
        }
        catch (TemplateException refusal) when (refusal.Place is { Line: > 0, Column: > 0 })
        {
            throw new RefusedException(refusal.Message, refusal.Place.Line);
        }
    }

    private static string Page(SpecCase one)
    {
        var options = Options(one);
        var counter = new CallCounter();
        var helpers = one.Helpers.Select(helper => Helper(helper.Name, helper.Source, counter)).ToList();
        var partials = one.Partials.ToDictionary(partial => partial.Name, partial => TemplateSyntax.Read(new("partial " + partial.Name, partial.Text), options));
        var template = new TemplateEnvironment(partials, helpers, options).Compile(TemplateSyntax.Read(new(File, one.Template), options));
        var output = new ArrayBufferWriter<byte>();
        template.Render(one.Data, output, RenderBudget.Default, null, one.AtData);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    private static Helper Helper(string name, string source, CallCounter counter)
    {
        var function = SpecHelpers.Find(source) ?? throw new NotSupportedException($"helper {name} has no C# yet: {SpecHelpers.Key(source)}");
        return new(name, (in call) => function(new SpecCall(call, counter)));
    }

    private static TemplateOptions Options(SpecCase one)
    {
        var options = new TemplateOptions();
        foreach (var option in one.CompileOptions)
        {
            var isOn = option.Value.ValueKind != System.Text.Json.JsonValueKind.False;
            options = option.Name switch
            {
                // There is always @data; without it templates were a little faster in JavaScript.
                "data" => options,
                "strict" => options with { Strict = isOn },
                "assumeObjects" => options with { AssumeObjects = isOn },
                "compat" => options with { Compat = isOn },
                "noEscape" => options with { NoEscape = isOn },
                "preventIndent" => options with { PreventIndent = isOn },
                "ignoreStandalone" => options with { IgnoreStandalone = isOn },
                "explicitPartialContext" => options with { ExplicitPartialContext = isOn },
                "knownHelpersOnly" => options with { KnownHelpersOnly = isOn },
                "knownHelpers" => options with { KnownHelpers = option.Value.EnumerateObject().Where(name => name.Value.GetBoolean()).Select(name => name.Name).ToHashSet() },
                _ => throw new NotSupportedException($"option {option.Name} is not known here"),
            };
        }

        return options;
    }
}
