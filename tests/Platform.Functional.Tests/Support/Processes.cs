namespace Platform.Functional.Tests;

/// <summary>What the system says of processes.</summary>
internal static class Processes
{
    private const int ParentField = 1;
    private const int GroupField = 2;

    /// <summary>Those that a process has started and that live.</summary>
    internal static IReadOnlyList<int> ChildrenOf(int parent) => With(ParentField, parent);

    /// <summary>Those of its children that have plugins: not the one that is kept ready.</summary>
    internal static IReadOnlyList<int> WithPluginsOf(int parent) => [.. ChildrenOf(parent).Where(child => NameOf(child) is not ("platform" or "plugin-host" or ""))];

    /// <summary>Those of its children that are ready for plugins.</summary>
    internal static IReadOnlyList<int> ReadyOf(int parent) => [.. ChildrenOf(parent).Where(child => NameOf(child) == "plugin-host")];

    /// <summary>Those of a group, whoever their parents are.</summary>
    internal static IReadOnlyList<int> OfGroup(int group) => With(GroupField, group);

    private static string NameOf(int process) => Read(process, "comm").Trim();

    private static List<int> With(int field, int value) =>
        [.. Directory.EnumerateDirectories("/proc").Select(folder => int.TryParse(Path.GetFileName(folder), out var process) ? process : 0).Where(process => process > 0 && Field(process, field) == value)];

    private static int Field(int process, int field)
    {
        var fields = Read(process, "stat").Split(") ")[^1].Split(' ');
        return fields[0] is "Z" or "" ? -1 : int.Parse(fields[field]);
    }

    private static string Read(int process, string file)
    {
        try
        {
            return File.ReadAllText($"/proc/{process}/{file}");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
