using System.Text.Json;

namespace Platform.Functional.Tests.Plugins;

/// <summary>The gallery of plugins that misbehave: each is met as its list says.</summary>
public sealed class GalleryTests
{
    private static readonly string Folder = Path.Combine(Repository.Root, "tests", "TestPlugins", "gallery");

    /// <summary>What takes part of the machine away is left to the measure, which has it for itself.</summary>
    private static readonly string[] Greedy = ["loops", "eats-memory", "starts-threads", "opens-files", "starts-processes", "floods-stdout", "changes-process-state"];

    private static IReadOnlyList<JsonElement> Gallery { get; } = [.. JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, "gallery.json"))).RootElement.EnumerateArray()];

    [Fact]
    public void Gallery_Whole_IsListedAndBuilt()
    {
        var table = File.ReadAllText(Path.Combine(Folder, "README.md"));
        var listed = Gallery.Select(NameOf).ToList();
        Assert.All(listed, name => Assert.Contains(name, table, StringComparison.Ordinal));
        foreach (var file in Directory.EnumerateDirectories(Folder).Where(d => Path.GetFileName(d) is not ("bin" or "obj" or "shared" or "references" or "swap")).SelectMany(Directory.EnumerateFiles))
        {
            var name = Path.GetFileNameWithoutExtension(file);
            Assert.True(File.Exists(Repository.GalleryPlugin(name)), $"{name} is not built.");
            Assert.True(listed.Contains(name) || Gallery.Any(plugin => Text(plugin, "with") == name), $"{name} is not in gallery.json.");
        }
    }

    [Fact]
    public async Task Plugins_ThatCanNotBeStarted_AreSaidWithTheirReason()
    {
        using var site = TestSite.Small("plain");
        site.Plugin("hello");
        var shown = Gallery.Where(plugin => Text(plugin, "at") == "start").ToList();
        foreach (var plugin in shown)
        {
            if (Text(plugin, "with") is { } with) site.GalleryPlugin(with);
            if (Text(plugin, "text") is { } text) site.Write($"plugins/{NameOf(plugin)}.dll", text);
            else site.GalleryPlugin(NameOf(plugin));
        }

        await using var server = await RunningServer.StartAsync(site);
        var page = await server.GetAsync("/plain");
        Assert.Equal((200, "Hello from a plugin"), (page.Code, page.Shown("hello")));
        Assert.DoesNotContain("degraded", page.CacheStatus, StringComparison.Ordinal);
        foreach (var plugin in shown) await server.Log.WaitForAsync(Text(plugin, "log")!);
    }

    [Theory]
    [InlineData("whole")]
    [InlineData("degraded")]
    [InlineData("any")]
    public async Task Plugins_ThatMisbehave_CostTheirPageTheirDataAndNoOtherPageAnything(string kind)
    {
        using var site = TestSite.Small("plain", "misbehave");
        site.Plugin("hello");
        var shown = Gallery.Where(plugin => Text(plugin, "at") is null && !plugin.TryGetProperty("ends", out _) && !Greedy.Contains(NameOf(plugin)) && (Text(plugin, "page") ?? "degraded") == kind).ToList();
        foreach (var plugin in shown) site.GalleryPlugin(NameOf(plugin));
        var late = shown.Where(plugin => Text(plugin, "log")?.Contains("no answer within", StringComparison.Ordinal) == true).Select(plugin => $"\n  {NameOf(plugin)}: {{ timeout_ms: 300, global_data_ttl: 0 }}");
        site.Configure("plugins", $"timeout_ms: 10000\n{(late.Any() ? "each:" + string.Concat(late) : "")}");
        await using var server = await RunningServer.StartAsync(site);

        var own = await server.GetAsync("/misbehave");
        if (kind != "any") Assert.True(own.Code == 200 && own.CacheStatus.Contains("degraded", StringComparison.Ordinal) == (kind == "degraded"), $"The page of plugins that leave it {kind} was: {own}\n{server.Log.Tail}");
        var other = await server.GetAsync("/plain");
        Assert.Equal((200, "Hello from a plugin"), (other.Code, other.Shown("hello")));
        foreach (var plugin in shown)
        {
            if (Text(plugin, "log") is { } line) await server.Log.WaitForAsync(line);
        }

        Assert.Empty(server.Log.Matching("^2026-01-01 "));
    }

    [Fact]
    public async Task StateOfTheProcess_ChangedByAPlugin_IsSetBack()
    {
        using var site = TestSite.Small("misbehave");
        site.GalleryPlugin("changes-process-state");
        await using var server = await RunningServer.StartAsync(site);
        var folder = new FileInfo($"/proc/{server.ProcessId}/cwd").LinkTarget;
        Assert.Equal(200, (await server.GetAsync("/misbehave")).Code);
        foreach (var what in new[] { "Console.Out", "the most threads of the pool", "the default culture", "the current directory" }) await server.Log.WaitForAsync($"a plugin has changed {what} of the server's process; it is set back");
        Assert.Equal(folder, new FileInfo($"/proc/{server.ProcessId}/cwd").LinkTarget);
    }

    [Fact]
    public async Task Plugins_ReplacedByOneAnother_AreAllProvedGone()
    {
        string[] variants = ["swap-plain", "swap-regex", "swap-json", "swap-threads", "swap-timer"];
        using var site = TestSite.Small("plain");
        site.Configure("cache", "enabled: false").Theme("page", "{{swap}}");
        await using var server = await RunningServer.StartAsync(site);
        for (var round = 1; round <= 40; round++)
        {
            var version = $"version-{round:00000000}";
            site.Write("plugins/swap.dll", Stamped(variants[round % variants.Length], version));
            await Eventually.Async($"{version} is served", () => server.GetAsync("/plain"), page => page.Code == 200 ? page.Text == version : throw new InvalidOperationException($"Under a swap a page was: {page}"));
        }

        await Eventually.Async("all versions but the last are unloaded", () => Task.FromResult(server.Log.Matching("plugin .*swap.*: version .* is unloaded").Count()), count => count == 39);
        Assert.Empty(server.Log.Matching("stays in memory| (ERR|WRN) "));
    }

    /// <summary>The same assembly as a version of its own: its one text of that form is replaced by another as long.</summary>
    private static byte[] Stamped(string plugin, string version)
    {
        var (bytes, place) = (File.ReadAllBytes(Repository.GalleryPlugin(plugin)), System.Text.Encoding.Unicode.GetBytes("version-00000000"));
        System.Text.Encoding.Unicode.GetBytes(version).CopyTo(bytes, bytes.AsSpan().IndexOf(place));
        return bytes;
    }

    private static string NameOf(JsonElement plugin) => Text(plugin, "name")!;

    private static string? Text(JsonElement plugin, string key) => plugin.TryGetProperty(key, out var value) ? value.GetString() : null;
}
