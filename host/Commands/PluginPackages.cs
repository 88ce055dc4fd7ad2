using Platform.Host.Configuration;
using Platform.Host.Plugins;
using Platform.Host.Plugins.Packages;

namespace Platform.Host.Commands;

/// <summary>The commands that change what lies in plugins/: each is done whole, or everything is as before.</summary>
public sealed class PluginPackages(string configFile)
{
    private const string NoServer = "no server runs; ";

    private readonly SiteFolder site = new(configFile);
    private readonly RunningServers servers = new(configFile);

    /// <summary>Puts a package into service.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> InstallAsync(string file, CancellationToken cancel)
    {
        if (!File.Exists(file)) throw new PackageException($"{file}: no such file; expected a package that \"platform pack\" has made.");
        using var plugins = await TakeAsync(cancel);
        using var staged = PackageStaging.Open(file, plugins.Path);
        var name = staged.Name;
        var change = plugins.Put(staged);
        var reloads = await UndoOnFailureAsync(name, change);
        if (reloads.FirstOrDefault(reload => reload.Problems.Count > 0 || !(reload.IsCurrent || reload.IsDisabled)) is { } refusal)
        {
            change.Undo();
            await new PluginReloads(servers).AskAsync(name);
            foreach (var problem in refusal.Problems) await Console.Error.WriteLineAsync(problem);
            throw new PackageException($"{name}: not installed; everything is as before.{(refusal.Problems.Count == 0 ? " The server does not say why; see platform status." : "")}");
        }

        change.Keep();
        Console.WriteLine(reloads.Count == 0 ? $"{NoServer}{name} is installed"
            : reloads[0].IsDisabled ? $"{name} is installed; it is switched off. Switch it on with: platform plugin enable {name}"
            : $"{name} {reloads[0].Version} is in service");
        return 0;
    }

    /// <summary>Switches a plugin off or on again, in plugins/.disabled.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> SwitchAsync(string name, bool isOn, CancellationToken cancel)
    {
        using var plugins = await TakeAsync(cancel);
        var wasOff = DisabledPlugins.Read(plugins.Path, []).Contains(name);
        // One that has gone can still be named there.
        if (!(isOn && wasOff)) plugins.Expect(name);
        DisabledPlugins.Set(plugins.Path, name, isDisabled: !isOn);
        if (!plugins.Names.Contains(name)) throw new PackageException($"{name}: no longer named in plugins/{DisabledPlugins.FileName}; but no such plugin is installed.");
        // Also where nothing has changed: what failed to start or was put into quarantine is tried again.
        var reloads = await new PluginReloads(servers).AskAsync(name);
        if (reloads.FirstOrDefault(reload => isOn ? !reload.IsCurrent : reload.IsLoaded) is { } other)
        {
            foreach (var problem in other.Problems) await Console.Error.WriteLineAsync(problem);
            if (other.IsDisabled && isOn) throw new PackageException($"{name}: config.yaml says plugins.each.{name}.enabled: false; expected true. Change it there.");
            throw new PackageException($"{name}: {(isOn ? "switched on, and does not start" : "switched off, and still serves")}; see platform status.");
        }

        Console.WriteLine(reloads.Count == 0 ? $"{NoServer}{name} is switched {(isOn ? "on" : "off")}" : isOn ? $"{name} {reloads[0].Version} is in service" : $"{name} is switched off");
        return 0;
    }

    /// <summary>Takes a plugin out of service and deletes it.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> RemoveAsync(string name, bool withData, CancellationToken cancel)
    {
        using var plugins = await TakeAsync(cancel);
        plugins.Expect(name);
        if (!withData && plugins.HasData(name)) throw new PackageException($"{name}: plugins/{name}/data holds files that the plugin has written; expected none. Keep them elsewhere, or give --data to delete them too.");
        var change = plugins.Take(name);
        var reloads = await UndoOnFailureAsync(name, change);
        if (reloads.Any(reload => reload.IsLoaded))
        {
            change.Undo();
            throw new PackageException($"{name}: a server keeps it in service; everything is as before. See platform status.");
        }

        change.Keep();
        if (!plugins.Names.Contains(name)) DisabledPlugins.Set(plugins.Path, name, isDisabled: false);
        Console.WriteLine($"{(reloads.Count == 0 ? NoServer : "")}{name} is removed");
        return 0;
    }

    private Task<PluginsFolder> TakeAsync(CancellationToken cancel) => PluginsFolder.TakeAsync(site, servers.DataFolder, cancel);

    private async Task<IReadOnlyList<PluginReload>> UndoOnFailureAsync(string name, PluginChange change)
    {
        try
        {
            return await new PluginReloads(servers).AskAsync(name);
        }
        catch
        {
            change.Undo();
            throw;
        }
    }
}
