using System.Text;
using Platform.Host.Configuration;
using Platform.Templating;

namespace Platform.Host.Themes;

/// <summary>A template that can't be compiled or rendered, with its place.</summary>
public sealed class TemplateException : Exception
{
    /// <summary>A failure at a place of a file.</summary>
    public TemplateException(Problem problem, string excerpt = "", Exception? inner = null)
        : this(problem, excerpt, [], inner)
    {
    }

    /// <summary>A failure at a place of a file that other files have called.</summary>
    public TemplateException(Problem problem, string excerpt, IReadOnlyList<TemplatePlace> trail, Exception? inner = null)
        : base(problem.ToString(), inner)
    {
        Problem = problem;
        Excerpt = excerpt;
        Trail = trail;
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

    /// <summary>The calls that led to the file, the innermost first; empty where the page's own template is in question.</summary>
    public IReadOnlyList<TemplatePlace> Trail { get; }

    /// <summary>What a log shows below the message: the line, the caret, how the page came there; of a defect in the code, its stack.</summary>
    public override string ToString()
    {
        var text = new StringBuilder(Excerpt);
        foreach (var call in Trail) text.Append(text.Length > 0 ? "\n" : "").Append("called at ").Append(call);
        if (Cause is { } defect) text.Append(text.Length > 0 ? "\n" : "").Append(defect);
        return text.ToString();
    }

    private Exception? Cause
    {
        get
        {
            var cause = InnerException;
            while (cause is TemplateException or Templating.TemplateException) cause = cause.InnerException;
            return cause is null or HelperException || cause.GetType().Namespace?.StartsWith("Platform.", StringComparison.Ordinal) == true ? null : cause;
        }
    }
}
