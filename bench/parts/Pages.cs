using System.Buffers;
using System.Text.Json;
using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.Logging.Abstractions;
using Platform.Bench.Templates.Differential;
using Platform.Host.Pipeline;
using Platform.Host.Plugins;
using Platform.Host.Themes;
using Platform.Host.Themes.Native;
using Platform.Sdk;

namespace Platform.Bench.Parts;

/// <summary>Merging the data of a page, and rendering it: the page of bench/page.</summary>
public class Pages
{
    private readonly ArrayBufferWriter<byte> output = new(64 * 1024);
    private readonly PageData model = Model();
    private readonly PageData other = new() { ["weather"] = "rain", ["title"] = "Another", ["feed"] = "/feed.xml" };
    private readonly ITemplate template = Template();

    /// <summary>The folder with page/ and site/.</summary>
    public static string BenchFolder { get; set; } = "";

    [Benchmark(Description = "merge, one plugin")]
    public DataMap MergeOne()
    {
        var merge = new PluginMerge(PluginSet.Empty, NullLogger.Instance);
        merge.Add("news", model);
        return merge.Merged;
    }

    [Benchmark(Description = "merge, two plugins")]
    public DataMap MergeTwo()
    {
        var merge = new PluginMerge(PluginSet.Empty, NullLogger.Instance);
        merge.Add("news", model);
        merge.Add("weather", other);
        return merge.Merged;
    }

    [Benchmark(Description = "render")]
    public int Render()
    {
        output.ResetWrittenCount();
        template.Render(model, output, RenderLimits.Default);
        return output.WrittenCount;
    }

    private static PageData Model()
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(BenchFolder, "page", "model.json")));
        var model = new PageData(JsonValues.Map(document.RootElement));
        model.Freeze();
        return model;
    }

    private static ITemplate Template()
    {
        var setup = new TemplateSetup(Path.Combine(BenchFolder, "site"), [], new NativeEngine(), TemplatePorts.None, RenderLimits.Default);
        return TemplateStore.Build(setup, null).Store.Theme("default")!.Template("page");
    }
}
