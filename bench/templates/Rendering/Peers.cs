using System.Buffers;
using System.Text.Json;
using HandlebarsDotNet;
using Platform.Bench.Templates.Differential;
using Platform.Host.Themes;
using Platform.Host.Themes.HandlebarsNet;
using Platform.Sdk;
using Platform.Templating;

namespace Platform.Bench.Templates.Rendering;

/// <summary>One way to make the page of bench/page.</summary>
/// <param name="Name">As it is printed.</param>
/// <param name="Render">Writes the page of a model.</param>
/// <param name="Compile">Reads and compiles page and partials from their text; null where nothing is compiled.</param>
internal sealed record Peer(string Name, Action<DataMap, IBufferWriter<byte>> Render, Action? Compile)
{
    private static readonly string[] Partials = ["header", "sidebar", "footer"];

    public static IReadOnlyList<Peer> All(string bench) => [Ours(bench), Guarded(bench), new("hand-written", HandWritten.Render, null)];

    public static DataMap Model(string bench)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(bench, "page", "model.json")));
        var model = JsonValues.Map(document.RootElement);
        model.Freeze();
        return model;
    }

    public static byte[] Expected(string bench) => File.ReadAllBytes(Path.Combine(bench, "page", "page.html"));

    private static Peer Ours(string bench)
    {
        var page = new Templating.TemplateSource("page.hbs", Text(bench, "page.hbs"));
        var partials = Partials.Select(name => new Templating.TemplateSource(name, Text(bench, $"partials/{name}.hbs"))).ToArray();
        Template Compile()
        {
            var read = partials.ToDictionary(source => source.File, source => TemplateSyntax.Read(source));
            var environment = new TemplateEnvironment(read);
            // Partials would else be compiled at their first use.
            foreach (var partial in read.Values) environment.Compile(partial);
            return environment.Compile(TemplateSyntax.Read(page));
        }

        var compiled = Compile();
        return new("platform", (model, output) => compiled.Render(model, output, RenderBudget.Default), () => Compile());
    }

    /// <summary>Renders as the host does, with its guards; compiles with the bare library into one environment, which costs least.</summary>
    private static Peer Guarded(string bench)
    {
        var setup = new TemplateSetup(Path.Combine(bench, "site"), [], new HandlebarsNetEngine(), TemplatePorts.None, RenderLimits.Default);
        var template = TemplateStore.Build(setup, null).Store.Theme("default")!.Template("page");
        var library = Handlebars.CreateSharedEnvironment(new HandlebarsConfiguration());
        string[] texts = [Text(bench, "page.hbs"), .. Partials.Select(name => Text(bench, $"partials/{name}.hbs"))];
        return new("Handlebars.Net", (model, output) => template.Render(model, output, RenderLimits.Default), () =>
        {
            foreach (var text in texts) library.Compile(new StringReader(text));
        });
    }

    private static string Text(string bench, string name) => File.ReadAllText(Path.Combine(bench, "page", name));
}
