using Platform.Host.Configuration;
using Platform.Host.Themes.Checking;

namespace Platform.Host.Themes;

/// <summary>One file as it is in force: read, decoded and checked once, shared by all themes that see it.</summary>
public sealed class TemplateSource
{
    internal TemplateSource(string file, string text, string hash, TemplateReport report)
    {
        File = file;
        Text = text;
        Hash = hash;
        Report = report;
    }

    /// <summary>The path from the site root, for example <c>wwwroot/templates/themes/default/index.html</c>.</summary>
    public string File { get; }

    /// <summary>The text, without a byte order mark.</summary>
    public string Text { get; }

    /// <summary>SHA-256 of the bytes, hexadecimal; empty where the file could not be read.</summary>
    public string Hash { get; }

    /// <summary>Why this file can't be rendered; null where nothing is known against it.</summary>
    public Problem? Problem => Report.Problems.Count > 0 ? Report.Problems[0] : null;

    internal TemplateReport Report { get; }

    /// <summary>The exception of a place in this file, with an excerpt.</summary>
    internal TemplateException Error(int line, int column, string message, Exception? inner = null) =>
        new(new Problem(File, line, column, message), TextPlace.Excerpt(Text, line, column), inner);

    internal TemplateException Error(Problem problem) => new(problem, TextPlace.Excerpt(Text, problem.Line, problem.Column));
}
