using Platform.Templating;

namespace Platform.Host.Themes.HandlebarsNet.Checking;

/// <summary>Checks what stands inside a tag: helper names, the number of arguments, named arguments, block parameters.</summary>
internal sealed class CallCheck(IReadOnlyDictionary<string, HelperSignature> helpers, Action<int, string> report)
{
    private static readonly string[] Blocks = ["if", "unless", "each", "with"];
    private readonly List<Word> found = [];
    private readonly List<Word> decimals = [];

    /// <summary>The names of the helper calls seen, in file order.</summary>
    public IReadOnlyList<Word> Found => found;

    public IReadOnlyList<Word> Decimals => decimals;

    public void Value(Tag tag)
    {
        var words = tag.Words;
        if (words.Count == 0)
        {
            report(tag.Start, "the tag is empty; expected a name. Write {{name}}, or {{!-- … --}} for a comment.");
            return;
        }

        var head = words[0];
        if (!head.Is(WordKind.Name))
        {
            report(head.Start, $"a tag starts with {Shown(head)}; expected a name or a helper. A literal needs no tag.");
            return;
        }

        var known = helpers.TryGetValue(head.Value, out var helper);
        if (Blocks.Contains(head.Value))
        {
            report(head.Start, $"'{head.Value}' is a block. Write {{{{#{head.Value} …}}}}…{{{{/{head.Value}}}}}.");
            return;
        }

        // A helper that needs arguments does not hide data of its name.
        if (words.Count == 1 && (!known || helper!.Least > 0)) return;
        Call(words, 0, words.Count, 1, helper);
    }

    /// <summary>The name that closes the block.</summary>
    public string Open(Tag tag)
    {
        var words = tag.Words;
        if (words.Count == 0 || !words[0].Is(WordKind.Name))
        {
            report(tag.Start, "a block opens without a name. Write {{#if …}}, {{#each …}}, {{#with …}} or {{#name}}.");
            return words.Count == 0 ? "" : words[0].Value;
        }

        var name = words[0].Value;
        if (Blocks.Contains(name))
        {
            Condition(tag, "#" + name);
        }
        else if (words.Count > 1)
        {
            report(words[0].Start, helpers.ContainsKey(name)
                ? $"'{name}' can't be used as a block. Write {{{{#if ({name} …)}}}}…{{{{/if}}}}."
                : $"'{name}' is no block helper; there are if, unless, each, with.{NearestName.Question(name, Blocks)}");
        }
        else if (helpers.ContainsKey(name))
        {
            report(words[0].Start, $"'{name}' is a helper and can't be used as a block. Write {{{{#with this.{name}}}}} for the value of that name.");
        }

        return name;
    }

    /// <summary><c>#if x</c>, <c>else if x</c>, <c>#each x as |item index|</c>.</summary>
    public void Condition(Tag tag, string what)
    {
        var words = tag.Words;
        var bar = Parameters(tag, what);
        var end = bar < 0 ? words.Count : bar;
        var arguments = 0;
        for (var i = 1; i < end;)
        {
            if (what != "#each" && what != "#with" && Named(words, i, end))
            {
                if (words[i].Value != "includeZero") report(words[i].Start, $"{{{{{what}}}}} takes no '{words[i].Value}='; only includeZero=. Remove it.");
                i = Argument(words, i + 2, end, 1);
                continue;
            }

            arguments++;
            i = Argument(words, i, end, 1);
        }

        if (arguments != 1) report(tag.Start, $"{{{{{what} …}}}} has {arguments} arguments; expected one. {(arguments > 1 ? $"For two conditions write {{{{{what} (and a b)}}}}." : "Name the value.")}");
    }

    /// <summary>The partial's name as written; <see cref="PartialReference.Dynamic"/> where data say it; null where it is wrong.</summary>
    public string? Partial(Tag tag)
    {
        var words = tag.Words;
        if (words.Count == 0)
        {
            report(tag.Start, "a partial without a name. Write {{> __name}}.");
            return null;
        }

        var at = 1;
        if (words[0].Is(WordKind.Open)) at = Argument(words, 0, words.Count, 1);
        var positional = 0;
        while (at < words.Count)
        {
            var named = Named(words, at, words.Count);
            if (!named) positional++;
            else if (positional > 0)
            {
                report(words[at].Start, "{{> name value key=…}}: a value and named ones together are not supported. Write {{#with value}}{{> name key=…}}{{/with}}.");
                return null;
            }

            at = Argument(words, named ? at + 2 : at, words.Count, 1);
        }

        if (positional > 1) report(words[1].Start, $"a partial takes one value; found {positional}. Name them: {{{{> name first=a second=b}}}}.");
        if (tag.Kind == TagKind.OpenPartial && words[0].Is(WordKind.Open)) report(words[0].Start, "a partial block needs a name written outright, because its end names it. Write {{> (…)}}.");
        return words[0].Kind switch
        {
            WordKind.Name or WordKind.Text or WordKind.Number => words[0].Value,
            WordKind.Open => PartialReference.Dynamic,
            _ => null,
        };
    }

    private int Parameters(Tag tag, string what)
    {
        var words = tag.Words;
        for (var i = 1; i < words.Count; i++)
        {
            if (!words[i].Is(WordKind.Bar)) continue;
            var most = what switch { "#each" => 2, "#with" => 1, _ => 0 };
            var names = words.Count - i - 2;
            if (words[i - 1].Value != "as" || !words[^1].Is(WordKind.Bar) || names < 1 || names > most || words.Skip(i + 1).Take(names).Any(w => !w.Is(WordKind.Name)))
            {
                report(words[i].Start, most == 0 ? $"{{{{{what}}}}} takes no block parameters. Remove 'as |…|'." : $"block parameters are wrong; expected 'as |{(most == 2 ? "item index" : "value")}|' at the end.");
            }

            return Math.Max(1, words[i - 1].Value == "as" ? i - 1 : i);
        }

        return -1;
    }

    private void Call(IReadOnlyList<Word> words, int from, int to, int depth, HelperSignature? helper)
    {
        var head = words[from];
        if (helper is null)
        {
            report(head.Start, $"'{head.Value}' is no helper.{NearestName.Question(head.Value, helpers.Keys)} There are {string.Join(", ", helpers.Keys.Order(StringComparer.Ordinal))}.");
        }

        found.Add(head);
        var arguments = 0;
        for (var i = from + 1; i < to;)
        {
            if (Named(words, i, to))
            {
                report(words[i].Start, $"'{head.Value}' takes no '{words[i].Value}='; its arguments have no names. Write the value alone.");
                i++;
                i++;
            }

            arguments++;
            i = Argument(words, i, to, depth);
        }

        if (helper is null || (arguments >= helper.Least && arguments <= helper.Most)) return;
        report(head.Start, $"'{head.Value}' has {arguments} arguments; expected {helper.Usage}.{(arguments == 0 ? $" For the value of that name write {{{{this.{head.Value}}}}}." : "")}");
    }

    /// <summary>Checks one argument and gives the index behind it.</summary>
    private int Argument(IReadOnlyList<Word> words, int at, int to, int depth)
    {
        if (at >= to) return to;
        var word = words[at];
        if (word.Is(WordKind.Number) && word.Value.Contains('.')) decimals.Add(word);
        if (word.Kind is WordKind.Name or WordKind.Text or WordKind.Number) return at + 1;
        if (!word.Is(WordKind.Open))
        {
            report(word.Start, $"{Shown(word)} can't be read here; expected a name, a literal or (helper …). Names with other signs stand in brackets: [a-b c].");
            return to;
        }

        if (depth > CheckLimits.SubExpressions)
        {
            report(word.Start, $"sub-expressions are nested more than {CheckLimits.SubExpressions} deep. Prepare the value in the data.");
            return to;
        }

        var (end, level) = (at + 1, 1);
        while (end < to && level > 0)
        {
            if (words[end].Is(WordKind.Open)) level++;
            if (words[end].Is(WordKind.Close)) level--;
            end++;
        }

        if (level > 0 || end - at < 3)
        {
            report(word.Start, level > 0 ? "( is never closed; expected ). Close it." : "() is empty; expected (helper …).");
            return to;
        }

        var head = words[at + 1];
        if (head.Is(WordKind.Name)) Call(words, at + 1, end - 1, depth + 1, helpers.GetValueOrDefault(head.Value));
        else report(head.Start, $"{Shown(head)} stands where a helper's name is expected. Write (helper …).");
        return end;
    }

    private static bool Named(IReadOnlyList<Word> words, int at, int to) =>
        at + 1 < to && words[at].Is(WordKind.Name) && words[at + 1].Is(WordKind.Assign);

    private static string Shown(Word word) => word.Is(WordKind.Text) ? $"\"{word.Value}\"" : $"'{word.Value}'";
}
