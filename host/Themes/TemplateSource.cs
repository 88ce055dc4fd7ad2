using Platform.Host.Configuration;
using Platform.Host.Themes.Files;
using Platform.Templating;

namespace Platform.Host.Themes;

/// <summary>One file as it is in force, shared by all themes that see it: read and decoded; parsed and checked once, when that is first asked for.</summary>
public sealed class TemplateSource
{
    private readonly Lazy<TemplateSyntax> syntax;
    private readonly Lazy<IReadOnlyList<Problem>> problems;

    internal TemplateSource(DiskFile file, ITemplateEngine engine, IReadOnlyList<Helper> helpers)
    {
        (File, Text, Hash) = (file.File, file.Text ?? "", file.Hash);
        IsReadable = file.Problem is null;
        syntax = Reading(File, Text);
        problems = new(() => file.Problem is { } problem ? [problem] : engine.Check(this, helpers));
    }

    /// <summary>The path from the site root, for example <c>wwwroot/templates/themes/default/index.html</c>.</summary>
    public string File { get; }

    /// <summary>The text, without a byte order mark.</summary>
    public string Text { get; }

    /// <summary>SHA-256 of the bytes, hexadecimal; empty where the file could not be read.</summary>
    public string Hash { get; }

    /// <summary>The tree that the platform's own engine has read; of no theme in particular.</summary>
    public TemplateSyntax Syntax => syntax.Value;

    /// <summary>False where the file is no text that could be a template: unreadable, too large, not UTF-8.</summary>
    public bool IsReadable { get; }

    /// <summary>Why this file can't be rendered, whatever theme it stands in; empty where nothing is known against it.</summary>
    public IReadOnlyList<Problem> Problems => problems.Value;

    /// <summary>The first of them.</summary>
    public Problem? Problem => Problems.Count > 0 ? Problems[0] : null;

    // By itself: what is parsed late must not hold the helpers, and their plugins, that were in service when it was read.
    private static Lazy<TemplateSyntax> Reading(string file, string text) => new(() => TemplateSyntax.Read(new(file, text)));

    /// <summary>The exception of a place in this file, with an excerpt.</summary>
    internal TemplateException Error(int line, int column, string message, Exception? inner = null) =>
        new(new Problem(File, line, column, message), TextPlace.Excerpt(Text, line, column), inner);

    internal TemplateException Error(Problem problem) => new(problem, TextPlace.Excerpt(Text, problem.Line, problem.Column));
}
