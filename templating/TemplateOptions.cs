namespace Platform.Templating;

/// <summary>How templates are read; the names are those of Handlebars.js' compile options.</summary>
public sealed record TemplateOptions
{
    /// <summary>All defaults.</summary>
    public static TemplateOptions Default { get; } = new();

    /// <summary>A name that is not in the data is an error, not an empty text. Default: false.</summary>
    public bool Strict { get; init; }

    /// <summary>A path through a value that is not there is an error; its last name may be missing. Default: false.</summary>
    public bool AssumeObjects { get; init; }

    /// <summary>A name that the current context lacks is looked for in those around it, as Mustache does. Default: false.</summary>
    public bool Compat { get; init; }

    /// <summary>Output is not escaped. Only for templates that do not write HTML. Default: false.</summary>
    public bool NoEscape { get; init; }

    /// <summary>Lines of a partial are not indented as its call is. Default: false.</summary>
    public bool PreventIndent { get; init; }

    /// <summary>A tag alone on its line leaves the line's white space where it is. Default: false.</summary>
    public bool IgnoreStandalone { get; init; }

    /// <summary>A partial without an argument sees an empty context, not its caller's. Default: false.</summary>
    public bool ExplicitPartialContext { get; init; }

    /// <summary>Only <see cref="KnownHelpers"/> and the built-in blocks are helpers; any other name with arguments is an error. Default: false.</summary>
    public bool KnownHelpersOnly { get; init; }

    /// <summary>Names that are helpers whatever the data hold. Default: none beside the built-in blocks.</summary>
    public IReadOnlySet<string> KnownHelpers { get; init; } = new HashSet<string>();
}
