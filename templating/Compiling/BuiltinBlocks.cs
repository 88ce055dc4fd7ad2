namespace Platform.Templating.Compiling;

/// <summary>The blocks that the engine renders itself; no data hide them, and they are no values.</summary>
internal static class BuiltinBlocks
{
    public static string[] Names { get; } = ["if", "unless", "each", "with"];

    /// <summary>Names that Handlebars.js calls helpers even without arguments.</summary>
    public static bool IsKnown(string name) => name is "lookup" or "log" or "helperMissing" or "blockHelperMissing" || Contains(name);

    public static bool Contains(string name) => Names.AsSpan().Contains(name);
}
