using System.Runtime.CompilerServices;
using Platform.Templating.Syntax;

namespace Platform.Templating.Analysis.Html;

/// <summary>
/// Follows the HTML of templates through blocks and partials and judges what is printed on the way. Of a block every branch is
/// followed, so a place may lie in several states; a partial is read in each state in which it is called, once.
/// </summary>
internal sealed class HtmlWalk(IReadOnlyDictionary<string, TemplateSyntax> partials)
{
    private const int MaxStates = 16;
    // Parts of templates times the states in which they are met: a page of hundreds of partials needs a hundredth of it.
    private const int MaxWalked = 200_000;
    private const long MaxLetters = 8_000_000;

    private readonly Dictionary<(string Name, HtmlState State, InlinePartial? Inlines, PartialBody? Block), HtmlState[]> read = [];
    private readonly Dictionary<(string File, int Offset), int> judged = [];
    private readonly List<Finding> findings = [];
    private static readonly HashSet<string> ValueHelpers = [.. BuiltinHelpers.All.Select(helper => helper.Name)];

    private long letters;
    private int walked;
    private bool isWhole;
    private int depth;

    public IReadOnlyList<Finding> Findings => findings;

    /// <summary>Follows a template from its beginning.</summary>
    public void Page(TemplateSyntax page)
    {
        if (page.Root is null || page.Options.NoEscape) return;
        (walked, letters) = (0, 0);
        var start = page.Source.File.EndsWith(".xml", StringComparison.OrdinalIgnoreCase) ? HtmlState.XmlStart : HtmlState.Start;
        var at = new Surroundings(page.Source, null, null, null);
        isWhole = true;
        Program(page.Root, [start], at);
        if (!isWhole) Say(0, at, Severity.Warning, "the partials of the page call one another too often to be followed, so not all that is printed could be judged. Call them less deep.");
    }

    private HtmlState[] Program(ProgramNode? program, HtmlState[] states, Surroundings at)
    {
        if (program is null) return states;
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack()) isWhole = false;
        at = at.In(program);
        foreach (var node in program.Body)
        {
            isWhole &= (walked += states.Length) <= MaxWalked && letters <= MaxLetters;
            if (!isWhole) return states;
            states = node switch
            {
                ContentNode text => Each(states, state => [Text(state, text.Value)]),
                MustacheNode tag => Print(tag, states, at),
                BlockNode block => Block(block, states, at),
                PartialNode partial => Partial(partial.Start, partial.Call, null, states, at),
                PartialBlockNode { Program: { } body } partial => Partial(partial.Start, partial.Call, body, states, at),
                _ => states,
            };
        }

        return states;
    }

    private HtmlState Text(HtmlState state, string text)
    {
        letters += text.Length;
        return HtmlReader.Read(state, text);
    }

    private HtmlState[] Print(MustacheNode tag, HtmlState[] states, Surroundings at)
    {
        var value = Printed.Of(tag.Call, tag.IsEscaped, at.Parameters);
        foreach (var state in states)
        {
            if (Judge.Of(state, value) is { } found) Say(tag.Start, at, found.Severity, found.Message);
        }

        return Each(states, state => [state.AfterValue(value.Helper == "attr")]);
    }

    private HtmlState[] Block(BlockNode block, HtmlState[] states, Surroundings at)
    {
        if (Printed.Of(block.Call, false, at.Parameters).Helper is { } helper && ValueHelpers.Contains(helper))
            Say(block.Start, at, Severity.Warning, $"'{helper}' has a value and no block, so {{{{#{helper} …}}}} prints the value as it is. Write {{{{#if ({helper} …)}}}}, or {{{{{helper} …}}}} to print it.");
        var otherwise = Program(block.Inverse, states, at);
        var once = Program(block.Program, states, at);
        var isOnce = block.Call.Path.Original is "if" or "unless" or "with";
        // What follows itself in a loop stands in the state that it ends in; mostly that is the one it began in.
        var after = isOnce || once.SequenceEqual(states) ? once : Union(once, Program(block.Program, once, at));
        after = Union(after, otherwise);
        if (Names(after) is [var first, var second, ..] && Names(states).Length == 1)
            Say(block.Start, at, Severity.Warning, $"the ways through {{{{#{block.Call.Path.Original}}}}} end at different places of the HTML: in {first} and in {second}, so what follows can't be judged. Close in each branch what it opens.");
        return after;
    }

    private HtmlState[] Partial(int start, Call call, ProgramNode? body, HtmlState[] states, Surroundings at)
    {
        if (call.Path is SubExpressionNode)
        {
            if (Names(states) is not ["text"]) Say(start, at, Severity.Warning, "which partial is called is known at rendering only, so what it prints into a tag can't be judged. Call it where text stands.");
            return states;
        }

        var name = call.Path.Original;
        if (name == "@partial-block") return at.Block is { } block ? Program(block.Program, states, block.At) : Program(body, states, at);
        var inner = body is null ? at : at.In(body);
        var given = body is null ? at.Block : new PartialBody(body, at);
        if (InlinePartial.Find(inner.Inlines, name) is { } inline) return Deeper(() => Program(inline.Program, states, Surroundings.Of(inline, given)), states);
        if (partials.GetValueOrDefault(name) is not { Root: { } root } partial) return Program(body, states, at);
        return Each(states, state => Read(name, partial, root, state, inner.Inlines, given));
    }

    private HtmlState[] Read(string name, TemplateSyntax partial, ProgramNode root, HtmlState state, InlinePartial? inlines, PartialBody? block)
    {
        var key = (name, state, inlines, block);
        if (read.TryGetValue(key, out var known)) return known;
        // A partial that calls itself is taken to end where it begins.
        read[key] = [state];
        return read[key] = Deeper(() => Program(root, [state], new(partial.Source, inlines, block, null)), [state]);
    }

    private HtmlState[] Deeper(Func<HtmlState[]> walk, HtmlState[] otherwise)
    {
        if (depth >= RenderBudget.MaxPartialDepth) return otherwise;
        depth++;
        var states = walk();
        depth--;
        return states;
    }

    private void Say(int offset, Surroundings at, Severity severity, string message)
    {
        var key = (at.Source.File, offset);
        if (!judged.TryGetValue(key, out var index))
        {
            judged[key] = findings.Count;
            findings.Add(new(FindingKind.Output, SourceText.PlaceOf(at.Source, offset), severity, message));
        }
        else if (findings[index].Severity < severity)
        {
            findings[index] = findings[index] with { Severity = severity, Message = message };
        }
    }

    private static string[] Names(HtmlState[] states) => [.. states.Select(state => state.Name).Distinct()];

    private static HtmlState[] Each(HtmlState[] states, Func<HtmlState, HtmlState[]> next) =>
        states is [var one] ? next(one) : [.. states.SelectMany(next).Distinct().Take(MaxStates)];

    private static HtmlState[] Union(HtmlState[] a, HtmlState[] b) => ReferenceEquals(a, b) ? a : [.. a.Concat(b).Distinct().Take(MaxStates)];
}
