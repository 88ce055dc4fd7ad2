namespace Platform.Templating.Analysis;

/// <summary>How much a <see cref="Finding"/> matters.</summary>
public enum Severity
{
    /// <summary>Worth knowing: on purpose in many themes.</summary>
    Note,

    /// <summary>The template works, but something in it does nothing, or lets data say what only the author should.</summary>
    Warning,

    /// <summary>Rendering fails where this stands.</summary>
    Error,
}

/// <summary>What a <see cref="Finding"/> is about.</summary>
public enum FindingKind
{
    /// <summary>The template can't be read.</summary>
    Syntax,

    /// <summary>A partial is called that is not there, or in a way that can't be followed.</summary>
    Partial,

    /// <summary>A helper is called that is not there, or not as it must be.</summary>
    Helper,

    /// <summary>No page of the theme calls the partial.</summary>
    Unused,

    /// <summary>A branch is never rendered.</summary>
    Unreachable,

    /// <summary>Data are read that nobody provides.</summary>
    Data,

    /// <summary>A value is printed where escaping does not protect.</summary>
    Output,
}

/// <summary>Something that the analysis found in a template.</summary>
/// <param name="Kind">What it is about.</param>
/// <param name="Place">Where.</param>
/// <param name="Severity">How much it matters.</param>
/// <param name="Message">What was found, what was expected, what to do; without the place.</param>
public sealed record Finding(FindingKind Kind, TemplatePlace Place, Severity Severity, string Message)
{
    /// <summary><c>file(line,column): message</c></summary>
    public override string ToString() => $"{Place}: {Message}";
}
