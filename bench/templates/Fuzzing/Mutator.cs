using System.Text;

namespace Platform.Bench.Templates.Fuzzing;

/// <summary>Makes hostile templates out of good ones.</summary>
internal sealed class Mutator(Chance chance, IEnumerable<string> seeds)
{
    private const int MostLetters = 4096;
    private const int MostKept = 6000;
    private const int MostLettersKept = 1500;

    private static readonly string[] Tokens =
    [
        "{{", "}}", "{{{", "}}}", "{{{{", "}}}}", "{{#", "{{/", "{{^", "{{&", "{{>", "{{#>", "{{#*", "{{!", "{{!--", "--}}", "{{~", "~}}", "{{else}}", "{{^}}",
        "{{else if x}}", "{{else with a as |b|}}", " as |x y|", "|", "(", ")", "[", "]", "=", "\"", "'", "\\", "\\{{", "\\\\{{", ".", "..", "../", "./", "/", "@", "@root", "@index", "@../key",
        "@partial-block", "this", "null", "undefined", "true", "-1", "1e9", "99999999999999999999", "{{#if x}}", "{{/if}}", "{{#each list}}", "{{/each}}", "{{#with a}}", "{{/with}}",
        "{{#unless x}}", "{{/unless}}", "{{#*inline \"p\"}}", "{{/inline}}", "{{> p}}", "{{> self}}", "{{> (lookup . 'name')}}", "{{> @partial-block}}", "{{#> p}}", "{{/p}}", "{{#> self}}", "{{/self}}",
        "{{{{raw}}}}", "{{{{/raw}}}}", "{{x}}", "{{{x}}}", "{{lookup list 0}}", "{{#each this}}", "{{#map}}", "{{/map}}", "{{#wide}}", "{{/wide}}", "{{deep}}", "{{cycle}}", "includeZero=true", "\n", "\r\n", "\t", " ", "  \n  ",
    ];

    private static readonly string[] Signs =
    [
        "\0", "\u0001", "\u001b", "\u007f", "\u0085", "\u00a0", "\u2028", "\u2029", "\ufeff", "\ufffe", "\uffff", "\ud800", "\udc00", "\udfff\ud800", "\ud83d\ude00", "\u202e", "é", "ﷺ", "ſ", "İ", "\u0345", "𒐫",
    ];

    /// <summary>What is nested: open and close.</summary>
    private static readonly (string Open, string Close)[] Nests =
    [
        ("{{#if x}}", "{{/if}}"), ("{{#each list}}", "{{/each}}"), ("{{#with this}}", "{{/with}}"), ("{{#x}}", "{{/x}}"), ("{{^y}}", "{{/y}}"), ("{{#> p}}", "{{/p}}"), ("{{#*inline \"p\"}}", "{{/inline}}"),
        ("{{#if x}}{{else if x}}", "{{/if}}"), ("{{{{raw}}}}", "{{{{/raw}}}}"), ("{{echo ", "}}"), ("{{lookup (", ") 1}}"), ("(", ")"), ("{{", "}}"), ("[", "]"), ("{{!--", "--}}"), ("{{echo (echo ", ")}}"),
    ];

    private readonly List<string> kept = [.. seeds];

    /// <summary>A template that was good: it may be the start of others.</summary>
    public void Keep(string text)
    {
        if (text.Length > MostLettersKept || !chance.OneIn(32)) return;
        if (kept.Count < MostKept) kept.Add(text);
        else kept[chance.Below(kept.Count)] = text;
    }

    public string Next()
    {
        var text = new StringBuilder(chance.Pick(kept));
        for (var i = 1 + chance.Below(5); i > 0; i--) Mutate(text);
        if (text.Length > MostLetters) text.Length = MostLetters;
        if (chance.OneIn(400)) Repeat(text);
        if (chance.OneIn(200)) Nest(text);
        return text.ToString();
    }

    private void Mutate(StringBuilder text)
    {
        var at = chance.Below(text.Length + 1);
        var length = Math.Min(text.Length - at, 1 + chance.Below(chance.OneIn(4) ? 60 : 6));
        switch (chance.Below(12))
        {
            case 0 when at < text.Length: text[at] ^= (char)(1 << chance.Below(16)); break;
            case 1 when at < text.Length: text[at] ^= (char)(1 << chance.Below(7)); break;
            case 2: text.Remove(at, length); break;
            case 3: text.Insert(at, text.ToString(at, length), 1 + chance.Below(4)); break;
            case 4: text.Insert(at, chance.Pick(Signs)); break;
            case 5: Splice(text, at); break;
            case 6: RemoveTag(text, at); break;
            case 7: Move(text, at, length); break;
            case 8: text.Insert(at, (char)chance.Below(0x10000)); break;
            default: text.Insert(at, chance.Pick(Tokens)); break;
        }
    }

    private void Splice(StringBuilder text, int at)
    {
        var other = chance.Pick(kept);
        var from = chance.Below(other.Length + 1);
        text.Length = at;
        text.Append(other, from, other.Length - from);
    }

    private static void RemoveTag(StringBuilder text, int at)
    {
        var all = text.ToString();
        var open = at < all.Length ? all.IndexOf("{{", at, StringComparison.Ordinal) : -1;
        var close = open < 0 ? -1 : all.IndexOf("}}", open, StringComparison.Ordinal);
        if (close > 0) text.Remove(open, close + 2 - open);
    }

    private void Move(StringBuilder text, int at, int length)
    {
        var part = text.ToString(at, length);
        text.Remove(at, length).Insert(chance.Below(text.Length + 1), part);
    }

    /// <summary>One token very often; now and then more than a source may be long.</summary>
    private void Repeat(StringBuilder text)
    {
        var token = chance.OneIn(4) ? chance.Pick(Signs) : chance.Pick(Tokens);
        var times = chance.OneIn(20) ? 300_000 / token.Length : 1 + chance.Below(2000);
        text.Insert(chance.Below(text.Length + 1), token, times);
    }

    private void Nest(StringBuilder text)
    {
        var (open, close) = chance.Pick(Nests);
        var times = 1 + chance.Below(chance.OneIn(10) ? 5000 : 80);
        text.Insert(0, open, times);
        if (!chance.OneIn(4)) text.Insert(text.Length, close, times);
    }
}
