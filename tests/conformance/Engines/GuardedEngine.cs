using System.Buffers;
using System.Text;
using Platform.Conformance.Cases;
using Platform.Host.Configuration;
using Platform.Host.Themes;
using Platform.Host.Themes.HandlebarsNet;
using Platform.Sdk;
using Platform.Templating;
using TemplateException = Platform.Host.Themes.TemplateException;
using TemplateSource = Platform.Host.Themes.TemplateSource;

namespace Platform.Conformance.Engines;

/// <summary>
/// Handlebars.Net as the server guards it, behind its own seam: the sources are read as a theme's files are. It takes the server's helpers,
/// a map as data and no options: a case that needs others fails.
/// </summary>
internal sealed class GuardedEngine : IEngine
{
    private const string Theme = "conformance";
    private readonly Dictionary<string, TemplateSource> sources;

    /// <param name="cases">All that will be asked for.</param>
    /// <param name="scratch">An empty folder.</param>
    public GuardedEngine(IEnumerable<SpecCase> cases, string scratch)
    {
        var folder = Directory.CreateDirectory(Path.Combine(scratch, TemplateSetup.Folder, "themes", Theme)).FullName;
        foreach (var one in cases)
        {
            File.WriteAllText(Path.Combine(folder, NameOf(one) + ".html"), one.Template);
            foreach (var (text, index) in one.Partials.Select((partial, index) => (partial.Text, index))) File.WriteAllText(Path.Combine(folder, $"{NameOf(one)}-{index}.html"), text);
        }

        var reader = new SourceReader();
        TemplateStore.Build(new TemplateSetup(scratch, [], reader, TemplatePorts.None, RenderLimits.Default), null);
        sources = reader.Sources;
    }

    public string Name => "as guarded here";

    public bool Takes(string section) => section != Sections.Tokenizer;

    public string Make(SpecCase one)
    {
        if (one.CompileOptions.Any(option => option.Name != "data") || one.AtData is not null) throw new NotSupportedException("the seam takes no options and no @data");
        var partials = one.Partials.Select((partial, index) => (partial.Name, Source: sources[$"{NameOf(one)}-{index}"])).ToDictionary(p => p.Name, p => p.Source);
        var pages = new Dictionary<string, TemplateSource> { [Theme] = sources[NameOf(one)] };
        try
        {
            var template = new HandlebarsNetEngine().Open(new ThemeSources(Theme, pages, partials, TemplatePorts.None), null).Get(Theme);
            if (one.Section == Sections.Parser) return one.MustFail ? "a template" : one.Expected;
            var model = one.Data is IReadOnlyDictionary<string, object?> data ? new DataMap(data) : throw new NotSupportedException("no data but a map");
            var output = new ArrayBufferWriter<byte>();
            template.Render(model, output, RenderLimits.Default);
            return Encoding.UTF8.GetString(output.WrittenSpan);
        }
        catch (TemplateException refusal)
        {
            throw new RefusedException(refusal.Message);
        }
    }

    private static string NameOf(SpecCase one) => $"{one.Section}-{one.Index}";

    /// <summary>Stands in for an engine to get at the sources as the server reads and checks them.</summary>
    private sealed class SourceReader : ITemplateEngine
    {
        public Dictionary<string, TemplateSource> Sources { get; } = new(StringComparer.Ordinal);

        public IReadOnlyList<Problem> Check(TemplateSource source, IReadOnlyList<Helper> helpers) => new HandlebarsNetEngine().Check(source, helpers);

        public ITemplateSet Open(ThemeSources sources, ITemplateSet? previous)
        {
            foreach (var (name, source) in sources.Pages) Sources[name] = source;
            return new HandlebarsNetEngine().Open(sources, previous);
        }
    }
}
