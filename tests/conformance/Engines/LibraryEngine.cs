using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using HandlebarsDotNet;
using HandlebarsDotNet.IO;
using Platform.Conformance.Cases;
using Platform.Conformance.Helpers;
using Platform.Templating;

namespace Platform.Conformance.Engines;

/// <summary>Handlebars.Net as it comes, with the cases' helpers. It shows no tree: in the parser's section it has to take or refuse the template.</summary>
internal sealed class LibraryEngine : IEngine
{
    public static ITextEncoder Encoder { get; } = new HtmlEncoder();

    public static IFormatterProvider Formatters => Printer;

    private static Texts Printer { get; } = new();

    public string Name => "Handlebars.Net";

    public bool Takes(string section) => section != Sections.Tokenizer;

    public string Make(SpecCase one)
    {
        var configuration = new HandlebarsConfiguration
        {
            TextEncoder = Encoder,
            FormatProvider = CultureInfo.InvariantCulture,
            ThrowOnUnresolvedBindingExpression = one.CompileOptions.Any(option => option.Name == "strict"),
        };
        configuration.FormatterProviders.Add(new SafeTexts(Printer));
        var counter = new CallCounter();
        foreach (var (name, source) in one.Helpers)
        {
            var helper = new LibraryHelper(name, SpecHelpers.Find(source) ?? throw new NotSupportedException($"helper {name} has no C# yet: {SpecHelpers.Key(source)}"), counter);
            configuration.Helpers[name] = helper;
            configuration.BlockHelpers[name] = helper;
        }

        var library = Handlebars.Create(configuration);
        try
        {
            foreach (var (name, text) in one.Partials) library.RegisterTemplate(name, text);
            var template = library.Compile(one.Template);
            if (one.Section == Sections.Parser) return one.MustFail ? "a template" : one.Expected;
            return template(one.Data!, one.AtData!);
        }
        catch (Exception refusal) when (refusal is not NotSupportedException)
        {
            throw new RefusedException(refusal.Message);
        }
    }

    /// <summary>What a body that a helper captures prints of a value.</summary>
    private sealed class Texts : IFormatterProvider, IFormatter
    {
        public bool TryCreateFormatter(Type type, [NotNullWhen(true)] out IFormatter? formatter)
        {
            formatter = this;
            return true;
        }

        public void Format<T>(T value, in EncodedTextWriter writer)
        {
            if (value is SafeString safe) writer.Write(safe.Value, false);
            else if (LibraryCall.Defined(value) is { } found) writer.Write(Convert.ToString(found, CultureInfo.InvariantCulture)!, true);
        }
    }

    /// <summary>What a tag prints of a helper's <see cref="SafeString"/>; all else is the library's own.</summary>
    private sealed class SafeTexts(IFormatter texts) : IFormatterProvider
    {
        public bool TryCreateFormatter(Type type, [NotNullWhen(true)] out IFormatter? formatter)
        {
            formatter = type == typeof(SafeString) ? texts : null;
            return formatter is not null;
        }
    }
}
