using System.Collections;
using System.Diagnostics.CodeAnalysis;
using Platform.Templating;

namespace Platform.Host.Themes;

/// <summary>The trees of templates by name; each is parsed when it is first looked at.</summary>
internal sealed class SyntaxMap(IReadOnlyDictionary<string, TemplateSource> sources) : IReadOnlyDictionary<string, TemplateSyntax>
{
    public int Count => sources.Count;

    public IEnumerable<string> Keys => sources.Keys;

    public IEnumerable<TemplateSyntax> Values => sources.Values.Select(source => source.Syntax);

    public TemplateSyntax this[string key] => sources[key].Syntax;

    public bool ContainsKey(string key) => sources.ContainsKey(key);

    public bool TryGetValue(string key, [MaybeNullWhen(false)] out TemplateSyntax value)
    {
        value = sources.TryGetValue(key, out var source) ? source.Syntax : null;
        return value is not null;
    }

    public IEnumerator<KeyValuePair<string, TemplateSyntax>> GetEnumerator() => sources.Select(source => KeyValuePair.Create(source.Key, source.Value.Syntax)).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
