using System.Text;
using HandlebarsDotNet;

namespace Platform.Host.Themes.HandlebarsNet;

/// <summary>Escapes as Handlebars.js does.</summary>
internal sealed class HandlebarsJsEncoder : ITextEncoder
{
    public void Encode(StringBuilder? text, TextWriter target) => Encode(text?.ToString(), target);

    public void Encode(string? text, TextWriter target) => ((Utf8Output)target).WriteEscaped(text);

    public void Encode<T>(T? text, TextWriter target)
        where T : IEnumerator<char>
    {
        if (text is null) return;
        var collected = new StringBuilder();
        while (text.MoveNext()) collected.Append(text.Current);
        Encode(collected, target);
    }
}
