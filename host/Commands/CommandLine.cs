using System.CommandLine;

namespace Platform.Host.Commands;

/// <summary>The command line: what can be asked, and of whom.</summary>
public static class CommandLine
{
    /// <summary>A signal to stop is the server's own affair: how long requests may take to finish is configured.</summary>
    private static readonly InvocationConfiguration Invocation = new() { ProcessTerminationTimeout = null };

    /// <summary>Runs a command; without one, <c>serve</c>.</summary>
    /// <returns>The exit code: 0 done, 1 not done, 2 not understood.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        var config = new Option<string>("--config") { Description = "config.yaml of the site; its folder is the site root", DefaultValueFactory = _ => "config.yaml", Recursive = true, HelpName = "FILE" };
        var urls = new Option<string?>("--urls") { Description = "where to listen, for example http://localhost:8080; several with a comma", HelpName = "URLS" };
        var allow = new Option<bool>("--allow") { Description = "accept a config.yaml that drops sections which protect the site" };
        var tag = new Option<string?>("--tag") { Description = "only pages that bear this tag", HelpName = "TAG" };
        var notes = new Option<bool>("--notes") { Description = "say also what is worth knowing, such as where HTML is printed as it is" };

        var serve = new Command("serve", "Serve the site (the default)") { urls };
        serve.SetAction((parsed, cancel) => ServeCommand.RunAsync(parsed.GetValue(config)!, parsed.GetValue(urls), cancel));
        var check = new Command("check", "Say what is wrong with the site's files, and exit") { notes };
        check.SetAction((parsed, _) => CheckCommand.RunAsync(parsed.GetValue(config)!, parsed.GetValue(notes)));
        var clear = new Command("clear", "Drop stored pages, here and on every server that shares the Redis") { tag };
        clear.SetAction((parsed, _) => ControlCommand.RunAsync(parsed.GetValue(config)!, HttpMethod.Post, parsed.GetValue(tag) is { } t ? $"/cache/clear?tag={Uri.EscapeDataString(t)}" : "/cache/clear"));
        var reload = new Command("reload", "Read all files of the site again now") { allow };
        reload.SetAction((parsed, _) => ControlCommand.RunAsync(parsed.GetValue(config)!, HttpMethod.Post, parsed.GetValue(allow) ? "/reload?allow=1" : "/reload"));
        var status = new Command("status", "Say how the running server is, and what is wrong");
        status.SetAction((parsed, _) => ControlCommand.RunAsync(parsed.GetValue(config)!, HttpMethod.Get, "/status"));

        var url = new Argument<string>("url") { Description = "A path, or an address with its host" };
        var why = new Command("why", "Say what is stored of a URL, what it was made from, and what would drop it") { url };
        why.SetAction((parsed, _) => ControlCommand.RunAsync(parsed.GetValue(config)!, HttpMethod.Get, $"/cache/why?url={Uri.EscapeDataString(parsed.GetValue(url)!)}"));

        var root = new RootCommand("Platform: a page server of plugins and themes.") { config, urls, serve, check, new Command("cache", "The stored pages") { clear, why }, reload, status, PluginCommands.All(config), PackageCommands.New(), PackageCommands.Pack() };
        root.SetAction((parsed, cancel) => ServeCommand.RunAsync(parsed.GetValue(config)!, parsed.GetValue(urls), cancel));

        var parsed = root.Parse(args);
        if (parsed.Errors.Count == 0) return await parsed.InvokeAsync(Invocation);
        foreach (var error in parsed.Errors) await Console.Error.WriteLineAsync($"platform: {error.Message}");
        await Console.Error.WriteLineAsync("platform: see platform --help");
        return 2;
    }
}
