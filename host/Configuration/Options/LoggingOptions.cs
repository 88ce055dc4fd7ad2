namespace Platform.Host.Configuration;

/// <summary>The section <c>logging</c>: what is logged, and where.</summary>
public sealed record LoggingOptions
{
    /// <summary><c>level</c>: the least that is logged: debug, information, warning or error. Default: information.</summary>
    public LogLevel Level { get; init; } = LogLevel.Information;

    /// <summary><c>console</c>: whether it goes to the console. Default: true.</summary>
    public bool Console { get; init; } = true;

    /// <summary><c>access</c>: whether each request gets a line, whatever the level. Default: true.</summary>
    public bool Access { get; init; } = true;

    /// <summary><c>file</c>: the file it goes to, from the site root, a new one each day, the date before its extension; empty for none. Default: logs/platform-.log.</summary>
    public string File { get; init; } = "logs/platform-.log";

    /// <summary><c>access_file</c>: the file for the requests' lines, from the site root, as <c>file</c>; empty for none. Default: logs/access-.log.</summary>
    public string AccessFile { get; init; } = "logs/access-.log";

    /// <summary><c>max_files</c>: how many files of each kind are kept, 1 to 10,000. Default: 14.</summary>
    public int MaxFiles { get; init; } = 14;

    /// <summary><c>max_file_mb</c>: the largest file in bytes, then the day's next begins; 1 to 10,240 MB. Default: 50 MB.</summary>
    public long MaxFileBytes { get; init; } = 50L * 1024 * 1024;

    internal static LoggingOptions Read(SectionReader section)
    {
        var fallback = new LoggingOptions();
        var options = new LoggingOptions
        {
            Level = section.Choice("level", fallback.Level, ("debug", LogLevel.Debug), ("information", LogLevel.Information), ("warning", LogLevel.Warning), ("error", LogLevel.Error)),
            Console = section.Flag("console", fallback.Console),
            Access = section.Flag("access", fallback.Access),
            File = section.Value("file", fallback.File, Names.TryParseLine),
            AccessFile = section.Value("access_file", fallback.AccessFile, Names.TryParseLine),
            MaxFiles = section.Number("max_files", fallback.MaxFiles, 1, 10_000, "files"),
            MaxFileBytes = section.Number("max_file_mb", (int)(fallback.MaxFileBytes >> 20), 1, 10_240, "megabytes") * 1024L * 1024,
        };
        if (options.AccessFile.Length > 0 && options.AccessFile == options.File) section.Refuse("access_file", $"{options.AccessFile}, as file; expected another. Give each its own.");
        section.Close();
        return options;
    }
}
