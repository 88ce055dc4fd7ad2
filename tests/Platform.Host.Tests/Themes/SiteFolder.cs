using System.Buffers;
using System.Text;
using Platform.Host.Configuration;
using Platform.Host.Themes;
using Platform.Host.Themes.HandlebarsNet;
using Platform.Host.Themes.Native;
using Platform.Sdk;
using Platform.Templating;
using Platform.Templating.Analysis;
using TemplateException = Platform.Host.Themes.TemplateException;

namespace Platform.Host.Tests.Themes;

/// <summary>A throw-away site with templates.</summary>
public sealed class SiteFolder : IDisposable
{
    private static readonly ITemplateEngine[] Engines = [new NativeEngine(), new HandlebarsNetEngine()];

    private readonly List<PluginLayer> plugins = [];
    private TemplatePorts ports = TemplatePorts.None;

    public SiteFolder() => Root = Directory.CreateTempSubdirectory("themes-").FullName;

    public string Root { get; }

    public ITemplateEngine Engine { get; init; } = Engines[0];

    public IReadOnlyList<Helper> Helpers { get; set; } = [];

    public DataKeys? Keys { get; set; }

    public IReadOnlyList<Problem> Problems { get; private set; } = [];

    public TemplateStore? Store { get; private set; }

    public string Path(string name) => System.IO.Path.Combine(Root, "wwwroot/templates", name);

    public SiteFolder With(string name, string text)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path(name))!);
        File.WriteAllText(Path(name), text);
        return this;
    }

    public SiteFolder WithPlugin(string plugin, string name, string text)
    {
        var folder = System.IO.Path.Combine(Root, "plugins", plugin, "templates");
        var path = System.IO.Path.Combine(folder, name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        if (plugins.All(p => p.Plugin != plugin)) plugins.Add(new(plugin, folder));
        return this;
    }

    public SiteFolder WithPorts(TemplatePorts value)
    {
        ports = value;
        return this;
    }

    public TemplateStore Build()
    {
        var build = TemplateStore.Build(new TemplateSetup(Root, plugins, Engine, ports, RenderLimits.Default) { Helpers = Helpers, Data = Keys }, Store);
        Problems = [.. build.Problems, .. build.Store.Errors];
        return Store = build.Store;
    }

    public Theme Theme(string name = "t") => Build().Theme(name)!;

    public string Render(string name, object? model = null, string theme = "t", RenderLimits? limits = null) =>
        Render(Theme(theme), name, model, limits);

    public static string Render(Theme theme, string name, object? model = null, RenderLimits? limits = null)
    {
        var output = new ArrayBufferWriter<byte>();
        theme.Template(name).Render(model as DataMap ?? Data.Map(model), output, limits ?? RenderLimits.Default);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    public static SiteFolder UnderHandlebarsNet() => new() { Engine = Engines[1] };

    /// <summary>Renders one page of one theme made of pairs of file name and text; the first is the page. Under both engines, which must agree.</summary>
    public static string Page(object? model, params (string Name, string Text)[] files)
    {
        var (own, other) = (Page(Engines[0], model, files), Page(Engines[1], model, files));
        Assert.True(own == other, $"The engines differ: ours gives \"{own}\", Handlebars.Net \"{other}\".");
        return own;
    }

    public static string Page(ITemplateEngine engine, object? model, params (string Name, string Text)[] files)
    {
        using var site = new SiteFolder { Engine = engine };
        foreach (var (name, text) in files) site.With($"themes/t/{name}.html", text);
        return site.Render(files[0].Name, model);
    }

    public static string Text(string template, object? model = null) => Page(model, ("page", template));

    public static TemplateException Fails(object? model, params (string Name, string Text)[] files) =>
        Assert.Throws<TemplateException>(() => Page(Engines[0], model, files));

    public static TemplateException FailsUnderHandlebarsNet(object? model, params (string Name, string Text)[] files) =>
        Assert.Throws<TemplateException>(() => Page(Engines[1], model, files));

    public void Dispose() => Directory.Delete(Root, recursive: true);
}

/// <summary>Models from anonymous objects.</summary>
internal static class Data
{
    public static DataMap Map(object? value)
    {
        var map = new DataMap();
        if (value is null) return map;
        foreach (var property in value.GetType().GetProperties()) map[property.Name] = Value(property.GetValue(value));
        return map;
    }

    private static object? Value(object? value) => value switch
    {
        null or string or bool or ValueType or DataMap or DataList => value,
        System.Collections.IEnumerable list => new DataList(list.Cast<object?>().Select(Value)),
        _ => Map(value),
    };
}
