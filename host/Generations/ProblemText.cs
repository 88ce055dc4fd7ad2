using Platform.Host.Configuration;
using Platform.Host.Themes;

namespace Platform.Host.Generations;

/// <summary>How a problem is told: one line, and below it, indented, the line in question and a caret.</summary>
public static class ProblemText
{
    /// <summary>For a terminal.</summary>
    public static string Of(Problem problem) =>
        problem.Excerpt.Length == 0 ? problem.ToString() : $"{problem}\n    {problem.Excerpt.Replace("\n", "\n    ", StringComparison.Ordinal)}";

    /// <summary>Into the log, which indents what belongs to an exception.</summary>
    public static void Write(ILogger logger, Problem problem) =>
        logger.LogError(problem.Excerpt.Length == 0 ? null : new TemplateException(problem, problem.Excerpt), "{Problem}", problem);
}
