using Platform.Host.Configuration;

namespace Platform.Host.Themes;

/// <summary>A template that can't be compiled or rendered, with its place.</summary>
public sealed class TemplateException : Exception
{
    /// <summary>A failure at a place of a file.</summary>
    public TemplateException(Problem problem, string excerpt = "", Exception? inner = null)
        : base(problem.ToString(), inner)
    {
        Problem = problem;
        Excerpt = excerpt;
    }

    /// <summary>File, line, column and message.</summary>
    public Problem Problem { get; }

    /// <summary>The file, from the site root.</summary>
    public string File => Problem.File;

    /// <summary>From 1; 0 where the whole file is meant.</summary>
    public int Line => Problem.Line;

    /// <summary>From 1; 0 where the whole line is meant.</summary>
    public int Column => Problem.Column;

    /// <summary>The line in question and a caret below the column; empty where no line is known.</summary>
    public string Excerpt { get; }
}
