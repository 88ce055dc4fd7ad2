namespace Platform.Host.Plugins.Packages;

/// <summary>Why something is not done with a plugin's package: one line, for a person.</summary>
public sealed class PackageException(string message) : Exception(message);
