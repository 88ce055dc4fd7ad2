namespace Platform.Templating;

/// <summary>Values that are boxed once.</summary>
internal static class Boxes
{
    private static readonly object[] Small = [.. Enumerable.Range(0, 1024).Select(i => (object)(long)i)];

    public static object True { get; } = true;

    public static object False { get; } = false;

    public static object Of(bool value) => value ? True : False;

    public static object Of(long value) => (ulong)value < (ulong)Small.Length ? Small[value] : value;
}
