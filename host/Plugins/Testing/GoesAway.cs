using System.Runtime.CompilerServices;

namespace Platform.Host.Plugins.Testing;

internal sealed class GoesAway : PluginAssertion
{
    public override string Sentence => "is gone from memory within 10 s after it was stopped, and leaves no thread";

    public override Task<PluginFinding> LookAsync(TestSubject subject)
    {
        // What a first time makes the runtime start is not the plugin's.
        var before = Threads();
        var context = Use(subject);
        return Task.FromResult(Unloading.IsGone([context], out _)
            ? Left(before) is { Count: > 0 } threads ? Fails($"threads left: {string.Join(", ", threads)}") : Holds
            : Fails($"still in memory{(Left(before) is { Count: > 0 } running ? $"; threads left: {string.Join(", ", running)}" : "")}. Look for threads, timers and tasks that go on, events and static lists outside that hold its objects"));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference Use(TestSubject subject) => subject.Run(plugins => plugins.UseAsync());

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
