using System.Text;
using Platform.Templating.Analysis;
using Platform.Templating.Syntax;

namespace Platform.Templating;

/// <summary>A template that was read: its tree, or why there is none. Immutable; it belongs to no theme.</summary>
public sealed class TemplateSyntax
{
    private TemplateFacts? facts;

    private TemplateSyntax(TemplateSource source, TemplateOptions options, ProgramNode? root, TemplateException? error)
    {
        Source = source;
        Options = options;
        Root = root;
        Error = error;
    }

    /// <summary>What was read.</summary>
    public TemplateSource Source { get; }

    /// <summary>Why this is no template; null where it is one.</summary>
    public TemplateException? Error { get; }

    /// <summary>What the tree says; made at the first call.</summary>
    public TemplateFacts Facts => facts ??= TemplateFacts.Of(this);

    internal TemplateOptions Options { get; }

    internal ProgramNode? Root { get; }

    /// <summary>Reads a template; never throws for what stands in it.</summary>
    public static TemplateSyntax Read(TemplateSource source, TemplateOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(source);
        options ??= TemplateOptions.Default;
        try
        {
            if (Encoding.UTF8.GetByteCount(source.Text) is > TemplateSource.MaxBytes and var bytes)
            {
                throw SourceText.Error(source, 0, $"the template has {bytes >> 10:N0} KB; expected at most {TemplateSource.MaxBytes >> 10} KB. Move parts of it into partials.");
            }

            var root = Parser.Parse(source);
            new WhitespaceControl(options.IgnoreStandalone).Apply(root);
            return new(source, options, root, null);
        }
        catch (TemplateException error)
        {
            return new(source, options, null, error);
        }
    }
}
