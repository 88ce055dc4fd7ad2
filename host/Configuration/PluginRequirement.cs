using System.Diagnostics.CodeAnalysis;

namespace Platform.Host.Configuration;

/// <summary>Another plugin that one needs: <c>news</c>, or <c>news >=1.2</c>.</summary>
/// <param name="Plugin">Its name.</param>
/// <param name="Versions">The versions that will do; null: any.</param>
public sealed record PluginRequirement(string Plugin, VersionRange? Versions)
{
    /// <summary>Reads a requirement.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out PluginRequirement? value, [NotNullWhen(false)] out string? complaint)
    {
        value = null;
        var at = text.IndexOf(' ', StringComparison.Ordinal);
        if (!Names.TryParsePlugin(at < 0 ? text : text[..at], out var plugin, out complaint)) return false;
        VersionRange? versions = null;
        if (at >= 0 && !VersionRange.TryParse(text[(at + 1)..], out versions, out complaint)) return false;
        value = new(plugin, versions);
        return true;
    }

    /// <inheritdoc/>
    public override string ToString() => Versions is null ? Plugin : $"{Plugin} {Versions}";
}
