using Platform.Host.Configuration;
using System.Globalization;

namespace Platform.Host.Plugins.Isolation.Processes;

/// <summary>What a process and all it has started hold together, as the system says. Nothing is said where there is no /proc.</summary>
internal sealed class ProcessTree(int root)
{
    private const int MostProcesses = 1000;

    // With the moment each began: a number is given again to another once its process is gone.
    private readonly Dictionary<int, long> known = Stat(root) is { } stat ? new() { [root] = stat.Started } : [];
    private readonly Lock looking = new();
    private int turn;

    /// <summary>True while a process runs; without /proc always.</summary>
    internal static bool IsThere(int process) => !OperatingSystem.IsLinux() || Stat(process) is not null;

    /// <summary>Looks, and says what is over the budget; null where nothing is.</summary>
    internal string? Over(ChildLimits budget)
    {
        if (!OperatingSystem.IsLinux()) return null;
        lock (looking) return Look(budget);
    }

    /// <summary>Ends all of them.</summary>
    internal void Kill()
    {
        if (!OperatingSystem.IsLinux()) return;
        lock (looking)
        {
            Find();
            Posix.KillGroup(root);
            foreach (var process in known.Keys) Posix.KillOne(process);
        }
    }

    private string? Look(ChildLimits budget)
    {
        Find();
        var (memoryKb, threads, files) = (0L, 0, 0);
        foreach (var process in known.Keys)
        {
            if (Stat(process) is not { } stat) continue;
            threads += stat.Threads;
            memoryKb += Number(Read($"/proc/{process}/statm"), 1) * Environment.SystemPageSize / 1024;
            files += FilesOf(process);
        }

        if (memoryKb > budget.MemoryMb * 1024L) return $"{memoryKb / 1024} MB of memory found; child.memory_mb is {budget.MemoryMb}";
        if (threads > budget.Threads) return $"{threads} threads found; child.threads is {budget.Threads}";
        if (files > budget.Files) return $"{files} open files found; child.files is {budget.Files}";
        return known.Count - 1 > budget.Processes ? $"{known.Count - 1} processes that it has started found; child.processes is {budget.Processes}" : null;
    }

    private void Find()
    {
        // Those whose parents ended have init for a parent, but are of the same group; looked for less often, for it takes a look at all.
        if (turn++ % 4 == 0)
        {
            foreach (var folder in Directory.EnumerateDirectories("/proc"))
            {
                if (int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var process) && !known.ContainsKey(process) && Stat(process) is { } stat && stat.Group == root) known[process] = stat.Started;
            }
        }

        foreach (var (process, started) in known.ToArray())
        {
            if (Stat(process)?.Started != started) known.Remove(process);
        }

        var open = new Queue<int>(known.Keys);
        while (open.TryDequeue(out var process) && known.Count < MostProcesses)
        {
            foreach (var child in ChildrenOf(process))
            {
                if (Stat(child) is { } stat && known.TryAdd(child, stat.Started)) open.Enqueue(child);
            }
        }
    }

    private static IEnumerable<int> ChildrenOf(int process)
    {
        string[] threads;
        try
        {
            threads = Directory.GetDirectories($"/proc/{process}/task");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            yield break;
        }

        foreach (var thread in threads)
        {
            foreach (var child in Read($"{thread}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                if (int.TryParse(child, CultureInfo.InvariantCulture, out var id)) yield return id;
            }
        }
    }

    private static int FilesOf(int process)
    {
        try
        {
            return Directory.EnumerateFileSystemEntries($"/proc/{process}/fd").Count();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return 0;
        }
    }

    // A process that has ended and waits for its parent to hear of it holds nothing.
    private static (int Group, int Threads, long Started)? Stat(int process)
    {
        var text = Read($"/proc/{process}/stat");
        var behind = text.LastIndexOf(')');
        if (behind < 0) return null;
        var fields = text[(behind + 2)..].Split(' ');
        return fields.Length < 20 || fields[0] is "Z" or "X" ? null : ((int)Number(fields[2], 0), (int)Number(fields[17], 0), Number(fields[19], 0));
    }

    private static long Number(string text, int field)
    {
        var fields = text.Split(' ');
        return fields.Length > field && long.TryParse(fields[field], CultureInfo.InvariantCulture, out var number) ? number : 0;
    }

    private static string Read(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
