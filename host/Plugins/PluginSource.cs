namespace Platform.Host.Plugins;

/// <summary>A plugin as it lies on disk.</summary>
/// <param name="Name">The name of its assembly, without extension.</param>
/// <param name="AssemblyPath">The full path of its assembly; of a command's plugin.yaml.</param>
/// <param name="Folder">The full path of its folder; for a bare assembly the folder <c>plugins</c>.</param>
/// <param name="IsBare">True for an assembly without a folder of its own; it brings no templates, assets or plugin.yaml.</param>
/// <param name="Fingerprint">Changes when the plugin must be loaded anew.</param>
public sealed record PluginSource(string Name, string AssemblyPath, string Folder, bool IsBare, string Fingerprint)
{
    /// <summary>True where it is named in <c>plugins/.disabled</c>: not even its constructor runs.</summary>
    public bool IsDisabled { get; init; }

    /// <summary>True where there is no assembly: a command starts it.</summary>
    public bool IsCommand { get; init; }

    /// <summary>The plugin's templates, the lowest layer; null where there are none.</summary>
    public string? Templates => Own("templates");

    /// <summary>The plugin's static files; null where there are none.</summary>
    public string? WwwRoot => Own("wwwroot");

    private string? Own(string name) => !IsBare && Path.Combine(Folder, name) is var path && Directory.Exists(path) ? path : null;
}
