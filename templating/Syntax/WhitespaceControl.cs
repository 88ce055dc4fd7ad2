namespace Platform.Templating.Syntax;

/// <summary>
/// Takes away the white space beside tags with <c>~</c>, and the lines on which a block's tag, a comment or a partial stands alone.
/// The rules, their order and their odd corners are those of Handlebars.js.
/// </summary>
internal sealed class WhitespaceControl(bool ignoreStandalone)
{
    private readonly bool doStandalone = !ignoreStandalone;

    public void Apply(ProgramNode root) => Program(root, true);

    private void Program(ProgramNode? program, bool isRoot)
    {
        if (program is null) return;
        var body = program.Body;
        for (var i = 0; i < body.Count; i++)
        {
            var current = body[i];
            if (Visit(current) is not { } sides) continue;
            var isPrevious = IsPreviousWhitespace(body, i, isRoot);
            var isNext = IsNextWhitespace(body, i, isRoot);
            if (sides.Close) OmitRight(body, i, true);
            if (sides.Open) OmitLeft(body, i, true);
            if (!doStandalone) continue;
            if (sides.IsInline && isPrevious && isNext)
            {
                OmitRight(body, i, false);
                if (OmitLeft(body, i, false) && current is PartialNode partial) partial.Indent = Indentation(((ContentNode)body[i - 1]).Original);
            }

            var enclosing = current as EnclosingNode;
            if (sides.OpenStandalone && isPrevious)
            {
                OmitRight((enclosing!.Program ?? enclosing.Inverse)!.Body, -1, false);
                OmitLeft(body, i, false);
            }

            if (sides.CloseStandalone && isNext)
            {
                OmitRight(body, i, false);
                var last = (enclosing!.Inverse ?? enclosing.Program)!.Body;
                OmitLeft(last, last.Count, false);
            }
        }
    }

    private Sides? Visit(SyntaxNode node) => node switch
    {
        EnclosingNode block => Block(block),
        MustacheNode mustache => new(mustache.Strip.Open, mustache.Strip.Close),
        DecoratorNode decorator => new(decorator.Strip.Open, decorator.Strip.Close),
        PartialNode partial => new(partial.Strip.Open, partial.Strip.Close) { IsInline = true },
        CommentNode comment => new(comment.Strip.Open, comment.Strip.Close) { IsInline = true },
        _ => null,
    };

    private Sides Block(EnclosingNode block)
    {
        Program(block.Program, false);
        Program(block.Inverse, false);
        var program = (block.Program ?? block.Inverse)!;
        var inverse = block.Program is null ? null : block.Inverse;
        var (first, last) = (inverse, inverse);
        if (inverse is { IsChained: true })
        {
            first = ((BlockNode)inverse.Body[0]).Program;
            while (last is { IsChained: true }) last = ((BlockNode)last.Body[^1]).Program;
        }

        var sides = new Sides(block.OpenStrip.Open, block.CloseStrip.Close)
        {
            OpenStandalone = IsNextWhitespace(program.Body, -1, false),
            CloseStandalone = IsPreviousWhitespace((first ?? program).Body, (first ?? program).Body.Count, false),
        };
        if (block.OpenStrip.Close) OmitRight(program.Body, -1, true);
        if (inverse is null)
        {
            if (block.CloseStrip.Open) OmitLeft(program.Body, program.Body.Count, true);
            return sides;
        }

        if (block.InverseStrip.Open) OmitLeft(program.Body, program.Body.Count, true);
        if (block.InverseStrip.Close) OmitRight(first!.Body, -1, true);
        if (block.CloseStrip.Open) OmitLeft(last!.Body, last.Body.Count, true);
        if (doStandalone && IsPreviousWhitespace(program.Body, program.Body.Count, false) && IsNextWhitespace(first!.Body, -1, false))
        {
            OmitLeft(program.Body, program.Body.Count, false);
            OmitRight(first.Body, -1, false);
        }

        return sides;
    }

    /// <summary>Whether the text before a node ends with a line end and white space, or the template begins so.</summary>
    private static bool IsPreviousWhitespace(List<SyntaxNode> body, int i, bool isRoot)
    {
        if (i == 0) return isRoot;
        if (body[i - 1] is not ContentNode { Original: var text }) return false;
        var end = text.Length;
        while (end > 0 && Letters.IsSpace(text[end - 1])) end--;
        return text.AsSpan(end).Contains('\n') || (end == 0 && isRoot && i == 1);
    }

    /// <summary>Whether the text after a node begins with white space and a line end, or the template ends so.</summary>
    private static bool IsNextWhitespace(List<SyntaxNode> body, int i, bool isRoot)
    {
        if (i + 1 >= body.Count) return isRoot;
        if (body[i + 1] is not ContentNode { Original: var text }) return false;
        var begin = 0;
        while (begin < text.Length && Letters.IsSpace(text[begin])) begin++;
        return text.AsSpan(0, begin).Contains('\n') || (begin == text.Length && isRoot && i + 2 >= body.Count);
    }

    private static void OmitRight(List<SyntaxNode> body, int i, bool multiple)
    {
        if (i + 1 >= body.Count || body[i + 1] is not ContentNode node || (!multiple && node.IsRightStripped)) return;
        var (text, begin) = (node.Value, 0);
        if (multiple)
        {
            while (begin < text.Length && Letters.IsSpace(text[begin])) begin++;
        }
        else
        {
            while (begin < text.Length && text[begin] is ' ' or '\t') begin++;
            if (begin < text.Length && text[begin] == '\r') begin++;
            if (begin < text.Length && text[begin] == '\n') begin++;
        }

        node.IsRightStripped = begin > 0;
        node.Value = text[begin..];
    }

    private static bool OmitLeft(List<SyntaxNode> body, int i, bool multiple)
    {
        if (i == 0 || body[i - 1] is not ContentNode node || (!multiple && node.IsLeftStripped)) return false;
        var (text, end) = (node.Value, node.Value.Length);
        while (end > 0 && (multiple ? Letters.IsSpace(text[end - 1]) : text[end - 1] is ' ' or '\t')) end--;
        node.IsLeftStripped = end < text.Length;
        node.Value = text[..end];
        return node.IsLeftStripped;
    }

    private static string Indentation(string text)
    {
        var begin = text.Length;
        while (begin > 0 && text[begin - 1] is ' ' or '\t') begin--;
        return text[begin..];
    }

    /// <summary>What a node does to its neighbours.</summary>
    private readonly record struct Sides(bool Open, bool Close)
    {
        public bool IsInline { get; init; }

        public bool OpenStandalone { get; init; }

        public bool CloseStandalone { get; init; }
    }
}
