using System.Collections;
using Platform.Host.Plugins.Isolation.Processes;

namespace Platform.Host.Plugins.Isolation.Child;

/// <summary>Becomes the command of a plugin: the same process, with the limits it has by now.</summary>
internal static class CommandStart
{
    internal static int Run(string[] command)
    {
        // What was set for this runtime is none of the command's business.
        var environment = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().Where(entry => !((string)entry.Key).StartsWith("DOTNET_", StringComparison.Ordinal)).ToDictionary(entry => (string)entry.Key, entry => (string?)entry.Value);
        if (OperatingSystem.IsLinux())
        {
            var why = Posix.Become(command[0], command, [.. environment.Select(entry => $"{entry.Key}={entry.Value}")]);
            Console.Error.WriteLine($"{command[0]} can't be started: {why}");
            return 127;
        }

        var start = new System.Diagnostics.ProcessStartInfo(command[0], command[1..]) { UseShellExecute = false };
        using var process = System.Diagnostics.Process.Start(start)!;
        process.WaitForExit();
        return process.ExitCode;
    }
}
