using Platform.Host.Configuration;

namespace Platform.Host.Themes.HandlebarsNet.Checking;

/// <summary>Checks the blocks and tags of one template before any compiler sees it.</summary>
internal sealed class TemplateCheck
{
    private readonly string file;
    private readonly string text;
    private readonly CallCheck calls;
    private readonly List<Problem> problems = [];
    private readonly List<PartialReference> partials = [];
    private readonly List<string> inlines = [];
    private readonly List<Tag> comments = [];
    private readonly Stack<Block> open = new();
    private int tags;

    private TemplateCheck(string file, string text, IReadOnlyDictionary<string, HelperSignature> helpers)
    {
        this.file = file;
        this.text = text;
        calls = new(helpers, Report);
    }

    private sealed class Block(Tag tag, string name)
    {
        public Tag Tag { get; } = tag;

        public string Name { get; } = name;

        public int Branches { get; set; }

        public bool HasElse { get; set; }
    }

    public static TemplateReport Of(string file, string text, IReadOnlyDictionary<string, HelperSignature> helpers)
    {
        var check = new TemplateCheck(file, text, helpers);
        foreach (var tag in TagScanner.Scan(text))
        {
            if (!check.Accept(tag)) break;
        }

        foreach (var block in check.open.Reverse())
        {
            if (check.tags > CheckLimits.Tags) break;
            check.Report(block.Tag.Start, $"{{{{#{block.Name}}}}} is never closed; expected {{{{/{block.Name}}}}}. Close it.");
        }

        return new(check.problems, check.partials, check.inlines, check.calls.Found, check.calls.Decimals, check.comments);
    }

    /// <summary>False where reading on makes no sense.</summary>
    private bool Accept(Tag tag)
    {
        if (++tags > CheckLimits.Tags)
        {
            problems.Clear();
            Report(tag.Start, $"the template has more than {CheckLimits.Tags:N0} tags. Move parts of it into partials.");
            return false;
        }

        if (tag.Words.Count > CheckLimits.Words)
        {
            Report(tag.Start, $"the tag holds {tag.Words.Count} words; expected at most {CheckLimits.Words}. Prepare the values in the data.");
            return false;
        }

        switch (tag.Kind)
        {
            case TagKind.Unclosed:
                Report(tag.Start, "{{ is never closed; expected }}. Close it, or write \\{{ for two plain braces.");
                return false;
            case TagKind.RawBlock:
                Report(tag.Start, "{{{{ opens a raw block, which is not supported. Write \\{{ before each tag that is to stay text.");
                return false;
            case TagKind.Comment:
                comments.Add(tag);
                break;
            case TagKind.Ampersand:
                Report(tag.Start, "{{&…}} is not supported. Write {{{…}}} for unescaped output.");
                break;
            case TagKind.Decorator:
                Report(tag.Start, "{{*…}} is a decorator, which is not supported. Only {{#*inline \"name\"}}…{{/inline}} is.");
                break;
            case TagKind.Value or TagKind.Unescaped:
                calls.Value(tag);
                break;
            case TagKind.Partial:
                Partial(tag, false);
                break;
            case TagKind.Else:
                Else(tag);
                break;
            case TagKind.Close:
                return Close(tag);
            default:
                return Open(tag);
        }

        return problems.Count < CheckLimits.ProblemsPerFile;
    }

    private bool Open(Tag tag)
    {
        if (tag.Kind == TagKind.OpenInverse && tag.Words.Count == 0)
        {
            Report(tag.Start, "{{^}} is not supported as else. Write {{else}}.");
            return true;
        }

        open.Push(new(tag, OpenName(tag)));
        if (open.Count > CheckLimits.Nesting)
        {
            problems.Clear();
            open.Clear();
            Report(tag.Start, $"blocks are nested more than {CheckLimits.Nesting} deep. Move the inner ones into a partial.");
            return false;
        }

        return problems.Count < CheckLimits.ProblemsPerFile;
    }

    private string OpenName(Tag tag)
    {
        switch (tag.Kind)
        {
            case TagKind.OpenPartial:
                Partial(tag, true);
                return tag.Words.Count > 0 ? tag.Words[0].Value : ">";
            case TagKind.OpenDecorator when tag.Words is [{ Kind: WordKind.Name, Value: "inline" }, { Kind: WordKind.Text } name]:
                inlines.Add(name.Value);
                return "inline";
            case TagKind.OpenDecorator:
                Report(tag.Start, "only {{#*inline \"name\"}}…{{/inline}} is supported of the decorators, with the name in quotes.");
                return tag.Words.Count > 0 ? tag.Words[0].Value : "*";
            default:
                return calls.Open(tag);
        }
    }

    private bool Close(Tag tag)
    {
        var name = tag.Words.Count > 0 ? tag.Words[0].Value : "";
        if (!open.TryPop(out var block))
        {
            Report(tag.Start, $"{{{{/{name}}}}} closes nothing. Remove it, or open {{{{#{name}}}}} before it.");
            return false;
        }

        if (tag.Words.Count == 1 && name == block.Name) return true;
        var (line, _) = TextPlace.Of(text, block.Tag.Start);
        open.Clear();
        Report(tag.Start, $"{{{{/{name}}}}} closes {{{{#{block.Name}}}}} of line {line}; expected {{{{/{block.Name}}}}}. Close the inner block first.");
        return false;
    }

    private void Else(Tag tag)
    {
        if (!open.TryPeek(out var block) || block.Tag.Kind is TagKind.OpenPartial or TagKind.OpenDecorator)
        {
            Report(tag.Start, "{{else}} stands outside of a block. Put it between {{#if …}} and {{/if}}, or remove it.");
            return;
        }

        if (block.HasElse) Report(tag.Start, $"a second {{{{else}}}} in {{{{#{block.Name}}}}}; expected one, and {{{{else if …}}}} before it. Remove one.");
        if (++block.Branches == CheckLimits.Branches) Report(tag.Start, $"{{{{#{block.Name}}}}} has more than {CheckLimits.Branches} branches. Prepare the value in the data.");
        if (tag.Words.Count == 0)
        {
            block.HasElse = true;
        }
        else if (tag.Words[0].Value == "if" && block.Name is "if" or "unless")
        {
            calls.Condition(tag, "else if");
        }
        else
        {
            var inner = tag.Words[0].Value;
            Report(tag.Start, $"{{{{else {inner} …}}}} in {{{{#{block.Name}}}}} is not supported. Write {{{{else}}}}{{{{#{inner} …}}}}…{{{{/{inner}}}}}.");
        }
    }

    private void Partial(Tag tag, bool fallback)
    {
        if (calls.Partial(tag) is not { } name) return;
        var (line, column) = TextPlace.Of(text, tag.Start);
        partials.Add(new(name, fallback || name is PartialReference.Dynamic or PartialReference.Block, line, column));
    }

    private void Report(int offset, string message)
    {
        if (problems.Count >= CheckLimits.ProblemsPerFile) return;
        var (line, column) = TextPlace.Of(text, offset);
        problems.Add(new(file, line, column, message));
    }
}
