using System.Collections;

namespace Platform.Host.Commands;

/// <summary>What overrides config.yaml.</summary>
public static class SiteEnvironment
{
    /// <summary>The environment's variables.</summary>
    public static IReadOnlyDictionary<string, string> Variables() =>
        Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().ToDictionary(e => (string)e.Key, e => (string?)e.Value ?? "", StringComparer.Ordinal);

    /// <summary>The options of the command line.</summary>
    public static IReadOnlyDictionary<string, string> Options(string? urls) => urls is null ? new Dictionary<string, string>() : new() { ["--urls"] = urls };
}
