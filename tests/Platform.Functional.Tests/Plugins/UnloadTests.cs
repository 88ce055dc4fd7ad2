namespace Platform.Functional.Tests.Plugins;

/// <summary>A plugin that goes is proved gone, or the log names what holds it.</summary>
public sealed class UnloadTests
{
    /// <summary>Each leaves behind what it is named after; the text is what its author is told.</summary>
    private static readonly Dictionary<string, string> Leaks = new()
    {
        ["leaks-thread"] = "it starts threads (System.Threading.Thread): one may still run. End it in DisposeAsync, and wait for its end (Join).",
        ["leaks-timer"] = "a timer → TimerCallback → LeaksTimer.Tick: dispose of the timer",
        ["leaks-process-event"] = "AppDomain.ProcessExit → EventHandler → LeaksProcessEvent.OnExit: unsubscribe in DisposeAsync.",
        ["leaks-static-event"] = "TaskScheduler.UnobservedTaskException → EventHandler<UnobservedTaskExceptionEventArgs> → LeaksStaticEvent (a lambda in MisbehaveAsync): unsubscribe in DisposeAsync.",
        ["leaks-cancel-key"] = "Console.cancelCallbacks → ConsoleCancelEventHandler → LeaksCancelKey.OnCancel: unsubscribe in DisposeAsync.",
        ["leaks-async-loop"] = "a timer → Task.DelayPromise → LeaksAsyncLoop.LoopAsync: ",
        ["leaks-task"] = "it starts tasks (Task.Run): one may still run. Cancel it and await it in DisposeAsync.",
        ["leaks-async-local"] = "an AsyncLocal (carried along by a timer) → LeaksAsyncLocal: set it to null when its work is done.",
        ["leaks-encoding-provider"] = "Encoding.RegisterProvider → LeaksEncodingProvider.OwnEncodings: it can't be taken back; let the plugin run with isolation: process.",
        ["leaks-dynamic"] = "it uses dynamic: the runtime keeps the types that it has seen so.",
        ["leaks-handle"] = "it pins or holds objects (GCHandle.Alloc): one may not be freed. Free it in DisposeAsync.",
    };

    [Fact]
    public async Task Plugins_ThatLeaveSomethingBehind_AreNamedWithWhatHoldsThem()
    {
        using var site = TestSite.Small("misbehave");
        foreach (var plugin in Leaks.Keys) site.GalleryPlugin(plugin);
        await using var server = await RunningServer.StartAsync(site);
        Assert.Equal(200, (await server.GetAsync("/misbehave")).Code);

        var from = await server.ChangeAsync(() =>
        {
            foreach (var plugin in Leaks.Keys) site.Delete($"plugins/{plugin}.dll");
        });
        foreach (var (plugin, holder) in Leaks)
        {
            var line = await server.Log.WaitForAsync($"plugin .?{plugin}.?: version .?1.0.0.? is (unloaded|out of service)", from);
            Assert.Contains("its code stays in memory", line, StringComparison.Ordinal);
            Assert.Contains(holder, line, StringComparison.Ordinal);
        }

        // Counted, though none of them is a plugin of the site any more.
        var health = await server.HealthAsync();
        Assert.Empty(health.GetProperty("plugins").EnumerateArray());
        Assert.Equal(Leaks.Count, health.GetProperty("versions_held").GetInt32());
    }

    [Fact]
    public async Task Plugins_ThatLeaveNothingBehind_AreProvedGoneAfterServing()
    {
        // Those of which the runtime keeps types are here too: it is told to forget them.
        string[] plugins = ["leaves-nothing", "leaks-json-cache", "leaks-type-descriptor", "throws-before-await", "throws-after-await", "returns-strange-values"];
        string[] older = ["hello", "greeter", "reader", "calls", "throws", "bad-result", "helpers"];
        using var site = TestSite.Small("misbehave", "plain");
        foreach (var plugin in plugins) site.GalleryPlugin(plugin);
        foreach (var plugin in older) site.Plugin(plugin);
        site.Theme("index", "{{initials \"Ann Lee\"}}");
        await using var server = await RunningServer.StartAsync(site);
        foreach (var path in new[] { "/misbehave", "/plain", "/", "/api/calls/a/b" }) await server.GetAsync(path);

        // The client's connections stay open meanwhile: what one was answered with must not be held by one.
        var from = await server.ChangeAsync(() =>
        {
            foreach (var plugin in plugins.Concat(older)) site.Delete($"plugins/{plugin}.dll");
        });
        foreach (var plugin in plugins.Concat(older))
        {
            Assert.Contains("is unloaded after", await server.Log.WaitForAsync($"plugin .?{plugin}.?: version .* is (unloaded|out of service)", from), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Plugins_ThatFailToStart_AreProvedGoneToo()
    {
        string[] plugins = ["throws-in-constructor", "throws-in-static-constructor", "throws-in-init", "has-no-name", "missing-dependency", "missing-native-library", "other-sdk"];
        using var site = TestSite.Small("plain");
        foreach (var plugin in plugins) site.GalleryPlugin(plugin);
        await using var server = await RunningServer.StartAsync(site);
        foreach (var plugin in plugins) Assert.Contains("is unloaded after", await server.Log.WaitForAsync($"plugin .?{plugin}.?: version .* is (unloaded|out of service)"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Plugin_WithACallThatEndsLate_IsHeldByThatCall()
    {
        using var site = TestSite.Small("plain");
        site.Plugin("sleeps").Configure("plugins", "timeout_ms: 10000\neach:\n  sleeps: { timeout_ms: 200, settings: { ms: 60000 } }");
        await using var server = await RunningServer.StartAsync(site);
        Assert.Equal(200, (await server.GetAsync("/plain")).Code);
        var from = await server.ChangeAsync(() => site.Delete("plugins/sleeps.dll"));
        Assert.Contains("a call of the plugin that has not come back", await server.Log.WaitForAsync("plugin .?sleeps.?: version .* stays in memory", from), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Assembly_InService_IsNoFileOfTheServer()
    {
        using var site = TestSite.Small("plain");
        site.PluginFolder("hello");
        await using var server = await RunningServer.StartAsync(site);
        Assert.Equal("Hello from a plugin", (await server.GetAsync("/plain")).Shown("hello"));
        using (new FileStream(site.PathOf("plugins/hello/hello.dll"), FileMode.Open, FileAccess.ReadWrite, FileShare.None))
        {
            var open = Directory.EnumerateFiles($"/proc/{server.ProcessId}/fd").Select(fd => new FileInfo(fd).LinkTarget ?? "");
            Assert.DoesNotContain(open, file => file.StartsWith(site.Root, StringComparison.Ordinal) && file.EndsWith(".dll", StringComparison.Ordinal));
            Assert.DoesNotContain(site.Root, File.ReadAllText($"/proc/{server.ProcessId}/maps"), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Assembly_WrittenInPlaceInTwoHalves_IsTakenUpWhenItIsWhole()
    {
        using var site = TestSite.Small("plain");
        await using var server = await RunningServer.StartAsync(site);
        var whole = File.ReadAllBytes(Path.Combine(Repository.TestPlugin("hello"), "hello.dll"));
        var from = server.Log.Count;
        using (var file = File.Create(site.PathOf("plugins/hello.dll")))
        {
            file.Write(whole.AsSpan(0, whole.Length / 2));
            file.Flush();
            await server.Log.WaitForAsync(@"plugins/hello\.dll: is not a \.NET assembly, or only half of one", from);
            file.Write(whole.AsSpan(whole.Length / 2));
        }

        await Eventually.Async("the whole assembly serves", () => server.GetAsync("/plain"), page => page.Shown("hello") == "Hello from a plugin");
        Assert.Equal("ok", (await server.HealthAsync()).GetProperty("status").GetString());
    }
}
