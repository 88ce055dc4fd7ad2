using System.CommandLine;

namespace Platform.Host.Commands;

/// <summary><c>plugin …</c>: what an admin does with the plugins of a site.</summary>
public static class PluginCommands
{
    /// <summary>All of them.</summary>
    public static Command All(Option<string> config)
    {
        var file = new Argument<string>("FILE") { Description = "a package that \"platform pack\" has made" };
        var install = new Command("install", "Put a package into service; where it does not start, the version before stays") { file };
        install.SetAction((parsed, cancel) => PackageCommands.GuardedAsync(() => new PluginPackages(parsed.GetValue(config)!).InstallAsync(parsed.GetValue(file)!, cancel)));

        var isJson = new Option<bool>("--json") { Description = "for programs" };
        var list = new Command("list", "Say which plugins there are and how they are") { isJson };
        list.SetAction((parsed, _) => PackageCommands.GuardedAsync(() => new PluginTable(parsed.GetValue(config)!).PrintAsync(parsed.GetValue(isJson))));

        var data = new Option<bool>("--data") { Description = "delete also what the plugin has written, its folder data" };
        var remove = Named("remove", "Take a plugin out of service and delete it", out var removed);
        remove.Options.Add(data);
        remove.SetAction((parsed, cancel) => PackageCommands.GuardedAsync(() => new PluginPackages(parsed.GetValue(config)!).RemoveAsync(parsed.GetValue(removed)!, parsed.GetValue(data), cancel)));

        var count = new Option<int>("-n") { Description = "how many lines", DefaultValueFactory = _ => 50, HelpName = "COUNT" };
        var follow = new Option<bool>("--follow", "-f") { Description = "go on with new lines until Ctrl-C" };
        var logs = Named("logs", "Print the last lines of the log about a plugin", out var logged);
        logs.Options.Add(count);
        logs.Options.Add(follow);
        logs.SetAction((parsed, cancel) => PackageCommands.GuardedAsync(() => new PluginLines(parsed.GetValue(config)!, parsed.GetValue(logged)!).PrintAsync(Math.Max(0, parsed.GetValue(count)), parsed.GetValue(follow), cancel)));

        return new Command("plugin", "The plugins of the site") { Test(), TestRun(), install, list, Switch(config, "enable", "Switch a plugin on again, or try again one that failed", isOn: true), Switch(config, "disable", "Switch a plugin off, beyond a restart", isOn: false), remove, logs };
    }

    private static Command Test()
    {
        var path = new Argument<string>("PATH") { Description = "a plugin's folder, built, or its assembly" };
        var pages = Pages();
        var only = new Option<string?>("--only") { Description = "only assertions whose sentence holds this", HelpName = "WORDS" };
        var test = new Command("test", "Say whether a plugin does what a server hopes for") { path, pages, only };
        test.SetAction((parsed, cancel) => PackageCommands.GuardedAsync(() => PluginTest.RunAsync(parsed.GetValue(path)!, parsed.GetValue(pages) ?? [], parsed.GetValue(only), cancel)));
        return test;
    }

    private static Option<string[]> Pages() => new("--page") { Description = "a handler or URL path of the plugin's, beside those of its name and its templates; may be given again", HelpName = "PAGE" };

    private static Command TestRun()
    {
        var pages = Pages();
        var (path, assertion, report) = (new Argument<string>("PATH"), new Argument<int>("ASSERTION"), new Argument<string>("REPORT"));
        var run = new Command("test-run", "One assertion, in a process of its own") { path, assertion, report, pages };
        run.Hidden = true;
        run.SetAction((parsed, _) => PluginTest.RunOneAsync(parsed.GetValue(path)!, parsed.GetValue(pages) ?? [], parsed.GetValue(assertion), parsed.GetValue(report)!));
        return run;
    }

    private static Command Switch(Option<string> config, string word, string description, bool isOn)
    {
        var command = Named(word, description, out var name);
        command.SetAction((parsed, cancel) => PackageCommands.GuardedAsync(() => new PluginPackages(parsed.GetValue(config)!).SwitchAsync(parsed.GetValue(name)!, isOn, cancel)));
        return command;
    }

    private static Command Named(string word, string description, out Argument<string> name)
    {
        name = new Argument<string>("NAME") { Description = "the plugin's name, as its folder or assembly is called" };
        return new Command(word, description) { name };
    }
}
