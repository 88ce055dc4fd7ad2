using System.Diagnostics.CodeAnalysis;
using Platform.Host.Configuration;

namespace Platform.Host.Plugins.Packages;

/// <summary>The name of a plugin's folder: that of its assembly too.</summary>
public static class PackageName
{
    /// <summary>Names that mean something else in a folder of plugins, or on some system.</summary>
    private static readonly HashSet<string> Taken = new(StringComparer.OrdinalIgnoreCase) { "bin", "obj", "data", "node_modules", "Platform.Sdk" };

    private static readonly HashSet<string> Devices = new(["con", "prn", "aux", "nul", .. Enumerable.Range(0, 10).SelectMany(n => new[] { $"com{n}", $"lpt{n}" })], StringComparer.OrdinalIgnoreCase);

    /// <summary>True for a name that a folder of plugins can hold; else the complaint <c>found; expected. What to do.</c></summary>
    public static bool IsPossible(string name, [NotNullWhen(false)] out string? complaint)
    {
        if (!Names.TryParsePlugin(name, out _, out complaint)) return false;
        if (!Taken.Contains(name) && !IsDevice(name) && !name.EndsWith('.') && !IsTests(name)) return true;
        complaint = $"\"{name}\" stands for something else in a folder of plugins; expected another name.";
        return false;
    }

    /// <summary>True for the folder of a plugin's own tests, <c>news.Tests</c>: nothing in it belongs to the plugin.</summary>
    public static bool IsTests(ReadOnlySpan<char> folder) => folder.EndsWith(".Tests", StringComparison.Ordinal);

    /// <summary>True for a name that Windows takes for a device, with or without an extension.</summary>
    public static bool IsDevice(string name) => Devices.Contains(name.Split('.')[0].TrimEnd());
}
