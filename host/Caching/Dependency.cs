namespace Platform.Host.Caching;

/// <summary>What a page was made of: a thing of the site and the version that was read. Another version drops the page.</summary>
/// <param name="Kind">What sort of thing.</param>
/// <param name="Name">Which one, as <c>default/page</c>.</param>
/// <param name="Version">A short text that is another one once the thing has changed.</param>
public readonly record struct Dependency(DependencyKind Kind, string Name, string Version)
{
    /// <summary>True for what most pages have in common, so that the text of its name is held once.</summary>
    public static bool IsOfManyPages(DependencyKind kind) => kind is DependencyKind.Plugin or DependencyKind.Configuration or DependencyKind.Site;
}

/// <summary>The sorts of things that pages are made of. Their numbers are stored: never reuse one.</summary>
public enum DependencyKind : byte
{
    /// <summary>A template or partial.</summary>
    Template,

    /// <summary>A route.</summary>
    Route,

    /// <summary>Keys of the configuration.</summary>
    Configuration,

    /// <summary>A plugin.</summary>
    Plugin,

    /// <summary>A file under wwwroot whose address bears its version.</summary>
    Asset,

    /// <summary>The site as a whole, where nothing narrower is known.</summary>
    Site,

    /// <summary>Files of a plugin.</summary>
    File,
}
