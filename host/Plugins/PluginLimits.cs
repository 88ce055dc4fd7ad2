using Platform.Host.Configuration;

namespace Platform.Host.Plugins;

/// <summary>What one plugin may cost, and what its failure costs a page, as configured.</summary>
public sealed record PluginLimits
{
    /// <summary>The deadline of a call that has none of its own.</summary>
    public required TimeSpan Timeout { get; init; }

    /// <summary>The deadlines of single kinds of call.</summary>
    public CallDeadlines Deadlines { get; init; } = new();

    /// <summary>Calls at once; more wait for a place until their deadline.</summary>
    public required int Concurrency { get; init; }

    /// <summary>How large an answer may be.</summary>
    public ResultLimits Result { get; init; } = new();

    /// <summary>How long an answer of <c>global_data</c> is kept; zero: never.</summary>
    public TimeSpan GlobalDataLife { get; init; }

    /// <summary>Failures in a row until the plugin is switched off for a while.</summary>
    public required int FailuresUntilOff { get; init; }

    /// <summary>How long it then stays off before one call tries it again.</summary>
    public required TimeSpan Off { get; init; }

    /// <summary>True where its failure makes an error page.</summary>
    public bool IsRequired { get; init; }

    /// <summary>True where its last good data stand in for those it fails to give.</summary>
    public bool KeepsLastGood { get; init; }

    /// <summary>The deadline of a kind of call.</summary>
    public TimeSpan DeadlineOf(CallKind kind) => kind switch
    {
        CallKind.PageData => Deadlines.PageData,
        CallKind.GlobalData => Deadlines.GlobalData,
        CallKind.Api => Deadlines.Api,
        _ => Deadlines.Middleware,
    } ?? Timeout;

    /// <summary>The limits of a plugin.</summary>
    public static PluginLimits Of(PluginOptions options, PluginEntry entry) => new()
    {
        Timeout = entry.Timeout,
        Deadlines = entry.Deadlines,
        Concurrency = entry.Concurrency,
        Result = entry.Result,
        GlobalDataLife = entry.GlobalDataTimeToLive,
        FailuresUntilOff = options.FailuresUntilOff,
        Off = options.Off,
        IsRequired = entry.Required,
        KeepsLastGood = entry.LastGood,
    };
}
