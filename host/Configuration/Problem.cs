namespace Platform.Host.Configuration;

/// <summary>One thing wrong in a file an admin or author wrote: where, what was found, what was expected, what to do.</summary>
/// <param name="File">The path from the site root, for example <c>config.yaml</c>; or <c>environment</c>, <c>command line</c>.</param>
/// <param name="Line">From 1; 0 where the whole file is meant.</param>
/// <param name="Column">From 1; 0 where the whole line is meant.</param>
/// <param name="Message"><c>key: found; expected. remedy</c></param>
public sealed record Problem(string File, int Line, int Column, string Message)
{
    /// <summary>The line in question and a caret below the column; empty where the message says it all.</summary>
    public string Excerpt { get; init; } = "";

    /// <summary><c>file(line,column): message</c></summary>
    public override string ToString() => Line == 0 ? $"{File}: {Message}" : $"{File}({Line},{Column}): {Message}";
}
