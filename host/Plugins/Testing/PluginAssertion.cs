namespace Platform.Host.Plugins.Testing;

/// <summary>One thing that holds of a plugin that is good to have in a server. Each is looked at in a process of its own.</summary>
public abstract class PluginAssertion
{
    /// <summary>All, in the order in which they are told.</summary>
    public static IReadOnlyList<PluginAssertion> All { get; } =
    [
        new StartsWithItsDefaults(),
        new AnswersEveryPath(),
        new KeepsItsDataSmall(),
        new AnswersManyAtOnce(),
        new AnswersTheSame(),
        new HonoursCancellation(),
        new LeavesTheProcessAlone(),
        new GoesAway(),
        new ComesAndGoes(),
    ];

    /// <summary>What holds, as a sentence about the plugin without its subject.</summary>
    public abstract string Sentence { get; }

    /// <summary>Looks.</summary>
    /// <exception cref="Exception">It does not hold, and why.</exception>
    public abstract Task<PluginFinding> LookAsync(TestSubject subject);

    /// <summary>It holds.</summary>
    protected static PluginFinding Holds { get; } = new(true, "");

    /// <summary>It does not hold.</summary>
    protected static PluginFinding Fails(string why) => new(false, why);

    /// <summary>It may be meant so; the author should know.</summary>
    protected static PluginFinding Remark(string what) => new(true, what);
}

/// <summary>What was found.</summary>
/// <param name="Holds">False: failed.</param>
/// <param name="Detail">Why not, or what is worth knowing; empty where there is nothing to say.</param>
public sealed record PluginFinding(bool Holds, string Detail);
