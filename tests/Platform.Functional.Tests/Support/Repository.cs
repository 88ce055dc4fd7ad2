using System.Reflection;

namespace Platform.Functional.Tests;

/// <summary>Where the build has put what is under test.</summary>
internal static class Repository
{
    internal static string Root { get; } = Metadata("Repository");

    internal static string Configuration { get; } = Metadata("Configuration");

    /// <summary>The server's executable.</summary>
    internal static string Platform { get; } = Path.Combine(Root, "host", "bin", Configuration, "net10.0", OperatingSystem.IsWindows() ? "platform.exe" : "platform");

    /// <summary>The build output of a test plugin.</summary>
    internal static string TestPlugin(string name) => Path.Combine(Root, "tests", "TestPlugins", name, "bin");

    /// <summary>The assembly of a plugin of the gallery.</summary>
    internal static string GalleryPlugin(string name) => Path.Combine(Root, "tests", "TestPlugins", "gallery", "bin", name, name + ".dll");

    private static string Metadata(string key) =>
        typeof(Repository).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == key).Value!;
}
