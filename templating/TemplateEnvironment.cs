using System.Collections.Concurrent;
using System.Collections.Frozen;
using Platform.Templating.Compiling;
using Platform.Templating.Rendering;

namespace Platform.Templating;

/// <summary>What the templates of a theme share: partials, helpers, options. Immutable and safe for concurrent use.</summary>
public sealed class TemplateEnvironment
{
    private readonly IReadOnlyDictionary<string, TemplateSyntax> partials;
    private readonly ConcurrentDictionary<string, PartialLink> links = new(StringComparer.Ordinal);
    private readonly FrozenDictionary<string, Helper> helpers;

    /// <summary>An environment; partials are looked up and resolved when they are first called.</summary>
    /// <param name="partials">By the name that templates call; must not change. A dynamic name is looked up here too: no other file is ever reached.</param>
    /// <param name="helpers">More helpers; they win over the built-in ones of the same name.</param>
    /// <param name="options">How templates are read; the same as those given to <see cref="TemplateSyntax.Read"/>.</param>
    public TemplateEnvironment(IReadOnlyDictionary<string, TemplateSyntax> partials, IEnumerable<Helper>? helpers = null, TemplateOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(partials);
        Options = options ?? TemplateOptions.Default;
        var all = BuiltinHelpers.All.ToDictionary(helper => helper.Name, StringComparer.Ordinal);
        foreach (var helper in helpers ?? []) all[helper.Name] = helper;
        this.helpers = all.ToFrozenDictionary(StringComparer.Ordinal);
        this.partials = partials;
    }

    /// <summary>How templates are read.</summary>
    public TemplateOptions Options { get; }

    /// <summary>The names of all helpers.</summary>
    public IEnumerable<string> HelperNames => helpers.Keys;

    /// <summary>Resolves a template.</summary>
    /// <exception cref="TemplateException">It is no template, or calls what can't be called.</exception>
    public Template Compile(TemplateSyntax syntax)
    {
        ArgumentNullException.ThrowIfNull(syntax);
        if (syntax.Error is { } error) throw error;
        return new(Compiler.Compile(this, syntax));
    }

    /// <summary>Reads and resolves a template; for tests and small uses.</summary>
    /// <exception cref="TemplateException">It is no template, or calls what can't be called.</exception>
    public Template Compile(string text) => Compile(TemplateSyntax.Read(new("template", text), Options));

    internal PartialLink? Partial(string name)
    {
        if (links.TryGetValue(name, out var link)) return link;
        return partials.TryGetValue(name, out var syntax) ? links.GetOrAdd(name, static (_, of) => new(of.Environment, of.Syntax), (Environment: this, Syntax: syntax)) : null;
    }

    internal Helper? Helper(string name) => helpers.GetValueOrDefault(name);

    internal string Question(string name) => NearestName.Of(name, partials.Keys) is { } near ? $"; did you mean \"{near}\"?" : ". Create it, or correct the name.";

    internal string HelperQuestion(string name) => NearestName.Of(name, helpers.Keys.Concat(BuiltinBlocks.Names)) is { } near ? $"; did you mean '{near}'?" : ". Correct the name, or install the plugin that brings it.";
}
