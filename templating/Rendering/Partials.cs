using System.Text;

namespace Platform.Templating.Rendering;

/// <summary><c>{{> name}}</c>, <c>{{#> name}}</c></summary>
internal sealed class PartialCallNode(int start, string? name) : Node(start)
{
    private readonly bool isPartialBlock = name == "@partial-block";
    private readonly byte[] indent = [];
    private readonly Indented? prefixes;

    /// <summary>What says the name, where the template does not.</summary>
    public Expression? DynamicName { get; init; }

    /// <summary>The theme's partial of that name; null where it has none, and where the name is dynamic.</summary>
    public PartialLink? Link { get; init; }

    public required TemplateEnvironment Environment { get; init; }

    /// <summary>Null for the context of the caller.</summary>
    public Expression? Context { get; init; }

    public HashArgument[] Hash { get; init; } = [];

    /// <summary>What the lines of the partial begin with.</summary>
    public byte[] Indent
    {
        init
        {
            indent = value;
            if (value.Length > 0) prefixes = new(prefix => [.. prefix, .. indent]);
        }
    }

    /// <summary>What stands between the tags of a block.</summary>
    public Body? Block { get; init; }

    public override void Render(RenderRun run)
    {
        var before = run.Output.Prefix;
        if (prefixes is null)
        {
            Call(run);
            return;
        }

        run.Output.Enter(prefixes.For(before));
        Call(run);
        run.Output.Leave(before);
    }

    private void Call(RenderRun run)
    {
        var context = Context is null ? Environment.Options.ExplicitPartialContext ? null : run.Context : Context.Evaluate(run);
        if (Hash.Length > 0) context = PartialContext.Of(context, Hash, run);
        var called = name ?? (DynamicName!.Evaluate(run) is { } found ? TemplateValue.Text(found) : "undefined");
        if (Block is null) Invoke(run, called, context, null, run.Scope);
        else CallBlock(run, called, context, Block);
    }

    private void CallBlock(RenderRun run, string name, object? context, Body block)
    {
        var scope = run.Scope;
        var body = new PartialBlock(block, run.Current, scope, run.PartialBlock, run.Source);
        var before = run.Push(run.Context);
        run.OpenData(DataKind.None).PartialBlock = body;
        Invoke(run, name, context, body, block.HasInlines ? block.Define(run, before, before, false) : scope);
        run.Scope = scope;
        run.Pop(before);
    }

    /// <param name="run">The run.</param>
    /// <param name="name">Of the partial.</param>
    /// <param name="context">What it sees.</param>
    /// <param name="fallback">The block of the call.</param>
    /// <param name="scope">The inline partials that a template sees; the name itself is looked up among those before the block's.</param>
    private void Invoke(RenderRun run, string name, object? context, PartialBlock? fallback, InlineScope? scope)
    {
        if (isPartialBlock)
        {
            var block = fallback is null ? run.PartialBlock : fallback.Outer;
            if ((block ?? fallback) is not { } body) throw run.Failure(Start, "@partial-block is not there: this partial was not called as a block. Call it with {{#> …}}, or ask {{#if @partial-block}} first.");
            Invoke(run, body, context);
        }
        else if (run.Scope is not null && InlineScope.Find(run.Scope, name) is { } inline)
        {
            Invoke(run, inline, context);
        }
        else if ((Link ?? Environment.Partial(name)) is { } link)
        {
            run.Scope = scope;
            Invoke(run, link, name, context);
        }
        else if (fallback is not null)
        {
            Invoke(run, fallback, context);
        }
        else
        {
            throw run.Failure(Start, $"partial \"{name}\" not found{Environment.Question(name)}");
        }
    }

    private void Invoke(RenderRun run, PartialLink link, string name, object? context)
    {
        if (link.Error is { } error) throw run.Failure(Start, error);
        var code = link.Code!;
        var before = run.Enter(code.Source, Start, name);
        var frame = run.PushPartial(context, Environment.Options.Compat);
        code.Body.Render(run);
        run.Pop(frame);
        run.Leave(before);
    }

    private void Invoke(RenderRun run, InlineScope inline, object? context)
    {
        var scope = run.Scope;
        var before = run.Enter(inline.Source, Start, inline.Name);
        var frame = run.PushElsewhere(context, inline.Enclosing, inline.Depth);
        run.Scope = inline.Seen;
        inline.Body.Render(run);
        run.Scope = scope;
        run.Pop(frame);
        run.Leave(before);
    }

    private void Invoke(RenderRun run, PartialBlock block, object? context)
    {
        var scope = run.Scope;
        var before = run.Enter(block.Source, Start, "@partial-block");
        var frame = run.PushElsewhere(context, block.Frame, block.Frame);
        run.OpenData(DataKind.None).PartialBlock = block.Outer;
        run.Scope = block.Scope;
        block.Body.Render(run);
        run.Scope = scope;
        run.Pop(frame);
        run.Leave(before);
    }
}

/// <summary>An argument by name.</summary>
internal readonly record struct HashArgument(string Name, Expression Value);

/// <summary>What a partial sees that was called with a hash: its context, and the hash over it.</summary>
internal static class PartialContext
{
    public static object Of(object? context, HashArgument[] hash, RenderRun run)
    {
        var own = new Dictionary<string, object?>(hash.Length, StringComparer.Ordinal);
        foreach (var (name, value) in hash) own[name] = value.Evaluate(run);
        return context is IReadOnlyDictionary<string, object?> map ? new LayeredMap(map, own) : own;
    }
}
