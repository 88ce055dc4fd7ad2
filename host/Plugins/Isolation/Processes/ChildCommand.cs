using System.Diagnostics;

namespace Platform.Host.Plugins.Isolation.Processes;

/// <summary>How a child is started: always by this server's own executable, which sets its limits and then is the child, or becomes the command.</summary>
internal static class ChildCommand
{
    /// <summary>The hidden command of the executable.</summary>
    internal const string Word = "plugin-host";

    internal const string SocketVariable = "PLATFORM_PLUGIN_SOCKET";
    internal const string TokenVariable = "PLATFORM_PLUGIN_TOKEN";

    private static readonly string Own = Environment.ProcessPath ?? "platform";

    /// <summary>The start of a child.</summary>
    /// <exception cref="PluginStartException">The command is not to be found.</exception>
    internal static ProcessStartInfo For(ChildPlan plan, string socket, string token)
    {
        var start = new ProcessStartInfo(Own) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        if (Path.GetFileNameWithoutExtension(Own) == "dotnet") start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "platform.dll"));
        start.ArgumentList.Add(Word);
        start.ArgumentList.Add($"{Environment.ProcessId}");
        start.ArgumentList.Add($"{plan.Limits.Files + 64}");
        // Nothing of the server's own configuration, its keys least of all.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("PLATFORM_", StringComparison.OrdinalIgnoreCase)).ToList()) start.Environment.Remove(name);
        start.Environment[SocketVariable] = socket;
        start.Environment[TokenVariable] = token;
        if (plan.Command.Count > 0)
        {
            var folder = plan.Folder;
            start.ArgumentList.Add(Find(plan.Command[0], folder));
            foreach (var argument in plan.Command.Skip(1)) start.ArgumentList.Add(argument);
            start.WorkingDirectory = folder;
        }
        else
        {
            start.Environment["DOTNET_GCHeapHardLimit"] = $"{plan.Limits.MemoryMb * 1024L * 1024 / 2:x}";
            start.Environment["DOTNET_gcConcurrent"] = "0";
        }

        // A process that takes the place of one that ended is waited for: it writes code without remapping it (10 of the 60 ms that the runtime takes to start), and compiles none a second time in its first 0x100 ms.
        start.Environment["DOTNET_EnableWriteXorExecute"] = "0";
        start.Environment["DOTNET_TC_CallCountingDelayMs"] = "100";
        start.Environment["DOTNET_TieredPGO"] = "0";
        start.Environment["DOTNET_TC_QuickJitForLoops"] = "1";
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        return start;
    }

    /// <summary>The full path of a command: of the plugin's folder where it has a slash, else the first in PATH.</summary>
    private static string Find(string command, string folder)
    {
        var found = command.Contains('/') || Path.IsPathRooted(command)
            ? Path.GetFullPath(command, folder)
            : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries).Prepend(folder).Select(path => Path.Combine(path, command)).FirstOrDefault(IsExecutable) ?? "";
        return IsExecutable(found) ? found : throw new PluginStartException($"command: \"{command}\" found; expected an executable in PATH or in the plugin's folder. Install it, or correct the command.");
    }

    private static bool IsExecutable(string file) =>
        File.Exists(file) && (OperatingSystem.IsWindows() || (File.GetUnixFileMode(file) & (UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute)) != 0);
}
