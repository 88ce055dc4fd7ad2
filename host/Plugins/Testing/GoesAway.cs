using System.Runtime.CompilerServices;
using Platform.Host.Plugins.Unloading;

namespace Platform.Host.Plugins.Testing;

internal sealed class GoesAway : PluginAssertion
{
    public override string Sentence => "is gone from memory within 10 s after it was stopped, and leaves no thread";

    public override Task<PluginFinding> LookAsync(TestSubject subject)
    {
        // What a first time makes the runtime start is not the plugin's.
        var before = Threads();
        var context = Use(subject);
        var isGone = Unloads.IsGone([context], out _);
        var left = Left(before) is { Count: > 0 } threads ? $"threads left: {string.Join(", ", threads)}" : "";
        if (isGone) return Task.FromResult(left.Length == 0 ? Holds : Fails(left));
        return Task.FromResult(Fails(string.Join("; ", ["still in memory", .. left.Length == 0 ? Array.Empty<string>() : [left], .. context.FindHolders()])));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static UnloadSubject Use(TestSubject subject) => subject.Run(plugins => plugins.UseAsync());

    /// <summary>The threads that are not the runtime's own, by number and name; none where the system does not tell.</summary>
    private static Dictionary<string, string> Threads() => !OperatingSystem.IsLinux() ? [] : Directory.EnumerateDirectories("/proc/self/task")
        .Select(task => (Id: Path.GetFileName(task), Name: NameOf(task)))
        .Where(thread => thread.Name.Length > 0 && (!thread.Name.StartsWith(".NET", StringComparison.Ordinal) || thread.Name.StartsWith(".NET Long", StringComparison.Ordinal)))
        .ToDictionary(thread => thread.Id, thread => thread.Name);

    private static List<string> Left(Dictionary<string, string> before) => [.. Threads().Where(thread => !before.ContainsKey(thread.Key)).Select(thread => $"\"{thread.Value}\"")];

    private static string NameOf(string task)
    {
        try
        {
            return File.ReadAllText(Path.Combine(task, "comm")).Trim();
        }
        catch (IOException)
        {
            return "";
        }
    }
}
