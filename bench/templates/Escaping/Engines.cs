using System.Buffers;
using System.Text;
using Platform.Host.Themes;
using Platform.Host.Themes.HandlebarsNet;
using Platform.Sdk;
using Platform.Templating;

namespace Platform.Bench.Templates.Escaping;

/// <summary>A template engine that gives the page of a position and a value.</summary>
internal interface IEscapingEngine
{
    string Render(Position position, string value);
}

/// <summary>This project's engine.</summary>
internal sealed class OwnEngine : IEscapingEngine
{
    private readonly Dictionary<Position, Template> templates = Position.All.ToDictionary(position => position, Compile);
    private readonly ArrayBufferWriter<byte> output = new();

    public string Render(Position position, string value)
    {
        output.ResetWrittenCount();
        templates[position].Render(Values.Of(value), output, RenderBudget.Default);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    /// <summary>Whether the check of themes warns of the position.</summary>
    public static bool IsReported(Position position) => ThemeCheck.Reports(Page(position), Partials(position));

    private static Template Compile(Position position) => new TemplateEnvironment(Partials(position)).Compile(Page(position));

    private static TemplateSyntax Page(Position position) => TemplateSyntax.Read(new("page", position.Page));

    private static Dictionary<string, TemplateSyntax> Partials(Position position) => new() { ["__part"] = TemplateSyntax.Read(new("__part", position.Partial)) };
}

/// <summary>Handlebars.Net with the host's guards; for comparison.</summary>
internal sealed class GuardedEngine : IEscapingEngine, IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("escaping-").FullName;
    private readonly TemplateStore store;

    public GuardedEngine()
    {
        foreach (var (i, position) in Position.All.Index())
        {
            // A theme each, as the partials bear one name.
            var folder = Directory.CreateDirectory(Path.Combine(root, TemplateSetup.Folder, "themes", $"t{i}")).FullName;
            File.WriteAllText(Path.Combine(folder, "page.html"), position.Page);
            File.WriteAllText(Path.Combine(folder, "__part.html"), position.Partial);
        }

        store = TemplateStore.Build(new(root, [], new HandlebarsNetEngine(), TemplatePorts.None, RenderLimits.Default), null).Store;
    }

    public string Render(Position position, string value)
    {
        var output = new ArrayBufferWriter<byte>();
        var theme = Position.All.Index().First(entry => entry.Item == position).Index;
        store.Theme($"t{theme}")!.Template("page").Render(Values.Of(value), output, RenderLimits.Default);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    public void Dispose() => Directory.Delete(root, recursive: true);
}

internal static class Values
{
    public static DataMap Of(string value) => new() { ["x"] = value, ["list"] = new DataList { value } };
}
