using System.Runtime.InteropServices;

/// <summary>Calls a native library that is nowhere, in InitAsync.</summary>
public sealed class MissingNativeLibrary : IPlugin
{
    public string Name => "missing-native-library";

    public ValueTask InitAsync(PluginConfig config, CancellationToken cancel)
    {
        Absent();
        return default;
    }

    [DllImport("gallery-absent")]
    private static extern void Absent();
}
