using Platform.Host.Configuration;
using Platform.Templating;

namespace Platform.Host.Themes;

/// <summary>The seam to a template engine. Everything outside the folder of an engine sees only this, <see cref="ITemplateSet"/> and <see cref="ITemplate"/>.</summary>
public interface ITemplateEngine
{
    /// <summary>Why a file is no template of this engine, whatever theme it stands in; empty where it is one.</summary>
    /// <param name="source">The file.</param>
    /// <param name="helpers">What plugins bring.</param>
    IReadOnlyList<Problem> Check(TemplateSource source, IReadOnlyList<Helper> helpers);

    /// <summary>Takes the sources of one theme; nothing is compiled before its first use.</summary>
    /// <param name="sources">All pages and partials of the theme, by name.</param>
    /// <param name="previous">The set of the same theme before a change; what is unchanged may be taken over.</param>
    ITemplateSet Open(ThemeSources sources, ITemplateSet? previous);
}

/// <summary>The templates of one theme. Safe for concurrent use; each template is compiled once.</summary>
public interface ITemplateSet
{
    /// <summary>The template of a page name.</summary>
    /// <exception cref="TemplateException">There is no such template, or it can't be compiled.</exception>
    ITemplate Get(string name);
}
