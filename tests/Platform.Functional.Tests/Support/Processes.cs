namespace Platform.Functional.Tests;

/// <summary>What the system says of processes.</summary>
internal static class Processes
{
    private const int ParentField = 1;
    private const int GroupField = 2;

    /// <summary>Those that a process has started and that live.</summary>
    internal static IReadOnlyList<int> ChildrenOf(int parent) => With(ParentField, parent);

    /// <summary>Those of a group, whoever their parents are.</summary>
    internal static IReadOnlyList<int> OfGroup(int group) => With(GroupField, group);

    private static List<int> With(int field, int value) =>
        [.. Directory.EnumerateDirectories("/proc").Select(Path.GetFileName).Where(name => int.TryParse(name, out _)).Where(name => Field(name!, field) == value).Select(name => int.Parse(name!))];

    private static int Field(string process, int field)
    {
        try
        {
            var fields = File.ReadAllText($"/proc/{process}/stat").Split(") ")[^1].Split(' ');
            return fields[0] == "Z" ? -1 : int.Parse(fields[field]);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return -1;
        }
    }
}
