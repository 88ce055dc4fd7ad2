using Platform.Host.Configuration;

namespace Platform.Host.Themes.Settings;

/// <summary>A theme's own file <c>theme.yaml</c>, in its folder beside the templates; every key is optional, as is the file.</summary>
public sealed record ThemeSettings
{
    /// <summary>The file's name.</summary>
    public const string File = "theme.yaml";

    /// <summary>Of a theme without the file.</summary>
    public static ThemeSettings None { get; } = new();

    /// <summary><c>content_security_policy</c>: sent with every HTML page of the theme. Default: none beside that of the server.</summary>
    public ContentPolicy? ContentSecurityPolicy { get; init; }

    /// <summary>Reads the file.</summary>
    /// <param name="path">Its full path.</param>
    /// <param name="shown">Its name in problems.</param>
    /// <param name="problems">Where problems go.</param>
    /// <returns>The settings; null where there are problems.</returns>
    public static ThemeSettings? Read(string path, string shown, ICollection<Problem> problems)
    {
        var found = new List<Problem>();
        var source = SourceText.Load(path, shown, DocumentLimits.Configuration, found);
        var root = source is null ? null : YamlTree.Read(source, DocumentLimits.Configuration, found);
        var settings = root is null ? null : Read(new SectionReader(root, "", found));
        foreach (var problem in found) problems.Add(problem);
        return found.Count == 0 ? settings : null;
    }

    private static ThemeSettings Read(SectionReader section)
    {
        var settings = new ThemeSettings { ContentSecurityPolicy = section.Optional<ContentPolicy>("content_security_policy", ContentPolicy.TryParse) };
        section.Close();
        return settings;
    }
}
