namespace Platform.Host.Plugins.Packages;

/// <summary>How large a package may be, and what is in it.</summary>
public static class PackageLimits
{
    /// <summary>Files and folders.</summary>
    public const int Entries = 10_000;

    /// <summary>Bytes of the archive, and of all that is in it, as written out.</summary>
    public const long Bytes = 256L << 20;

    /// <summary>How many times the size of its compressed form a file may have, beyond the first megabyte.</summary>
    public const int Ratio = 200;

    /// <summary>Bytes of a file up to which the ratio does not count.</summary>
    public const long RatioFrom = 1 << 20;

    /// <summary>Folders below each other, the plugin's own counted.</summary>
    public const int Depth = 16;

    /// <summary>Bytes of a path, and of one name in it.</summary>
    public const int PathBytes = 240, NameBytes = 128;
}
