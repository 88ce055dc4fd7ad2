namespace Platform.Templating;

/// <summary>A template as it was written.</summary>
/// <param name="File">What errors call it, usually its path from the site root.</param>
/// <param name="Text">The template, without a byte order mark.</param>
public sealed record TemplateSource(string File, string Text)
{
    /// <summary>The largest source that is taken: 256 KB of UTF-8.</summary>
    public const int MaxBytes = 256 * 1024;
}
