namespace Platform.Templating;

/// <summary>A template that can't be read or rendered: the file, the line, the column, and how the page came there.</summary>
public sealed class TemplateException : Exception
{
    internal TemplateException(TemplatePlace place, string reason, string excerpt, IReadOnlyList<TemplatePlace> trail, Exception? inner = null)
        : base($"{place}: {reason}", inner)
    {
        Place = place;
        Reason = reason;
        Excerpt = excerpt;
        Trail = trail;
    }

    /// <summary>Where.</summary>
    public TemplatePlace Place { get; }

    /// <summary>What was found, what was expected, what to do; without the place.</summary>
    public string Reason { get; }

    /// <summary>The line in question and below it a caret at the column.</summary>
    public string Excerpt { get; }

    /// <summary>The part of the budget that was used up, where that is what ended the rendering.</summary>
    public RenderLimit Exceeded { get; internal init; }

    /// <summary>The calls that led to the template in question, the innermost first; empty where the page itself is in question.</summary>
    public IReadOnlyList<TemplatePlace> Trail { get; }
}

/// <summary>A part of a <see cref="RenderBudget"/>.</summary>
public enum RenderLimit
{
    /// <summary>Something else went wrong.</summary>
    None,

    /// <summary><see cref="RenderBudget.Timeout"/></summary>
    Time,

    /// <summary><see cref="RenderBudget.MaxOutputBytes"/></summary>
    Output,

    /// <summary><see cref="RenderBudget.MaxSteps"/></summary>
    Steps,
}

/// <summary>A place in a template.</summary>
/// <param name="File">As <see cref="TemplateSource.File"/> has it.</param>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1, in UTF-16 code units.</param>
public readonly record struct TemplatePlace(string File, int Line, int Column)
{
    /// <summary><c>file(line,column)</c></summary>
    public override string ToString() => $"{File}({Line},{Column})";
}
