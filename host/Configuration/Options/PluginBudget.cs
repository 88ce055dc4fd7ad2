namespace Platform.Host.Configuration;

/// <summary>Deadlines for single kinds of call.</summary>
public sealed record CallDeadlines
{
    /// <summary><c>data_for</c>: 10 to 60,000 ms; null: <c>timeout_ms</c>.</summary>
    public TimeSpan? PageData { get; init; }

    /// <summary><c>global_data</c>: 10 to 60,000 ms; null: <c>timeout_ms</c>.</summary>
    public TimeSpan? GlobalData { get; init; }

    /// <summary><c>api_dispatch</c>: 10 to 60,000 ms; null: <c>timeout_ms</c>.</summary>
    public TimeSpan? Api { get; init; }

    /// <summary><c>middleware</c>: 10 to 60,000 ms; null: <c>timeout_ms</c>.</summary>
    public TimeSpan? Middleware { get; init; }

    internal static CallDeadlines Read(SectionReader section, int timeout)
    {
        var deadlines = new CallDeadlines { PageData = Deadline("data_for"), GlobalData = Deadline("global_data"), Api = Deadline("api_dispatch"), Middleware = Deadline("middleware") };
        section.Close();
        return deadlines;

        TimeSpan Deadline(string kind) => TimeSpan.FromMilliseconds(section.Number(kind, timeout, 10, 60_000, "milliseconds", "timeout_ms"));
    }
}

/// <summary>How large an answer of a plugin may be.</summary>
public sealed record ResultLimits
{
    /// <summary><c>max_depth</c>: levels, 1 to 32. Default: 32.</summary>
    public int MaxDepth { get; init; } = 32;

    /// <summary><c>max_values</c>: values, 1 to 100,000. Default: 100,000.</summary>
    public int MaxValues { get; init; } = 100_000;

    /// <summary><c>max_kb</c>: thousands of characters of text in it, 1 to 65,536. Default: 4,096.</summary>
    public int MaxKb { get; init; } = 4096;

    internal static ResultLimits Read(SectionReader section)
    {
        var fallback = new ResultLimits();
        var limits = new ResultLimits
        {
            MaxDepth = section.Number("max_depth", fallback.MaxDepth, 1, 32, "levels"),
            MaxValues = section.Number("max_values", fallback.MaxValues, 1, 100_000, "values"),
            MaxKb = section.Number("max_kb", fallback.MaxKb, 1, 65_536, "KB"),
        };
        section.Close();
        return limits;
    }
}

/// <summary>What the process of a plugin may use; one that uses more is ended and started anew, which counts as a crash.</summary>
public sealed record ChildLimits
{
    /// <summary><c>memory_mb</c>: resident memory, with all processes it has started; 32 to 65,536 MB. Default: 512.</summary>
    public int MemoryMb { get; init; } = 512;

    /// <summary><c>threads</c>: threads, 16 to 32,768. Default: 512.</summary>
    public int Threads { get; init; } = 512;

    /// <summary><c>files</c>: open files, 64 to 65,536. Default: 1,024.</summary>
    public int Files { get; init; } = 1024;

    /// <summary><c>processes</c>: processes that it has started, 0 to 1,024. Default: 16.</summary>
    public int Processes { get; init; } = 16;

    /// <summary><c>spare</c>: whether a process is kept ready to take its place, one for all plugins with the same limits. Default: true.</summary>
    public bool Spare { get; init; } = true;

    internal static ChildLimits Read(SectionReader section)
    {
        var fallback = new ChildLimits();
        var limits = new ChildLimits
        {
            MemoryMb = section.Number("memory_mb", fallback.MemoryMb, 32, 65_536, "MB"),
            Threads = section.Number("threads", fallback.Threads, 16, 32_768, "threads"),
            Files = section.Number("files", fallback.Files, 64, 65_536, "files"),
            Processes = section.Number("processes", fallback.Processes, 0, 1024, "processes"),
            Spare = section.Flag("spare", fallback.Spare),
        };
        section.Close();
        return limits;
    }
}
