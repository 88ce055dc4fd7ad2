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

/// <summary>Something that the analysis found in a template.</summary>
/// <param name="Place">Where.</param>
/// <param name="Severity">How much it matters.</param>
/// <param name="Message">What was found, what was expected, what to do; without the place.</param>
public sealed record Finding(TemplatePlace Place, Severity Severity, string Message)
{
    /// <summary><c>file(line,column): message</c></summary>
    public override string ToString() => $"{Place}: {Message}";
}
