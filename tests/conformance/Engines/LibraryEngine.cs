using System.Diagnostics.CodeAnalysis;
using HandlebarsDotNet;
using HandlebarsDotNet.IO;
using Platform.Conformance.Cases;
using Platform.Conformance.Helpers;

namespace Platform.Conformance.Engines;

/// <summary>Handlebars.Net as it comes, with the cases' helpers. It shows no tree: in the parser's section it has to take or refuse the template.</summary>
internal sealed class LibraryEngine : IEngine
{
    public static ITextEncoder Encoder => new HandlebarsConfiguration().TextEncoder;

    public static IFormatterProvider Formatters { get; } = new Texts();

    public string Name => "Handlebars.Net";

    public bool Takes(string section) => section != Sections.Tokenizer;

    public string Make(SpecCase one)
    {
        var configuration = new HandlebarsConfiguration { ThrowOnUnresolvedBindingExpression = one.CompileOptions.Any(o => o.Name == "strict"), FormatProvider = System.Globalization.CultureInfo.InvariantCulture };
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
            return one.Section == Sections.Parser ? one.Expected : template(one.Data!, one.AtData!);
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
            if (LibraryCall.Defined(value) is { } found) writer.Write(Convert.ToString(found, System.Globalization.CultureInfo.InvariantCulture)!, true);
        }
    }
}
