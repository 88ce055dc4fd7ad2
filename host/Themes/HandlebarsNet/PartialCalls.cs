using HandlebarsDotNet;
using HandlebarsDotNet.Compiler;
using Platform.Templating;

namespace Platform.Host.Themes.HandlebarsNet;

/// <summary>
/// <c>{{&gt; name}}</c>, <c>{{#&gt; name}}…{{/name}}</c>, <c>{{&gt; @partial-block}}</c>. The library's own way drops the escaping inside
/// an indented partial, and runs for ever where a block partial and its fallback are both missing.
/// </summary>
internal static class PartialCalls
{
    public static void Invoke(object? name, BindingContext context, EncodedTextWriter writer, bool block, string? indent, bool makesFrame)
    {
        var run = RenderRun.Current;
        try
        {
            context.Value = context.Value switch
            {
                HashParameterDictionary named => new NamedValues(named, Frames.Parent(context)?.Value),
                UndefinedBindingResult => null,
                var value => value,
            };
            var text = TemplateValue.Text(Frames.Defined(name));
            if (text.Length > 1 && text[0] == '[' && text[^1] == ']') text = text[1..^1];
            if (!string.IsNullOrEmpty(indent)) run.Output.Indent(indent);
            Choose(run, text, context, writer, block);
            if (!string.IsNullOrEmpty(indent)) run.Output.Unindent();
        }
        finally
        {
            if (makesFrame) Frames.Release(context);
        }
    }

    private static void Choose(RenderRun run, string name, BindingContext context, EncodedTextWriter writer, bool block)
    {
        if (name == "@partial-block")
        {
            var caller = block ? Frames.Parent(context)! : context;
            if (Frames.Block(caller) is { } body && !(block && ReferenceEquals(body, Frames.Block(context)))) Body(run, name, body, context, writer);
            else if (block) Body(run, name, Frames.Block(context)!, context, writer);
            else throw run.Failure(name, "{{> @partial-block}} stands in a partial that was called without a block. Call it as {{#> name}}…{{/name}}, or write {{#> @partial-block}}…{{/@partial-block}} with a fallback.");
        }
        else if (run.Set.InlineKey(name) is { } key && context.Extensions.TryGetValue(key, out var inline))
        {
            run.Enter(null, name);
            ((Action<EncodedTextWriter, BindingContext>)inline)(writer, context);
            run.Leave();
        }
        else if (run.Set.Partial(name) is { } partial)
        {
            run.Enter(partial.Source, name);
            partial.Invoke(writer, context);
            run.Leave();
        }
        else if (block)
        {
            Body(run, name, Frames.Block(context)!, context, writer);
        }
        else
        {
            throw run.Failure(name, Missing(run, name));
        }
    }

    // While a block runs, @partial-block means the one around it, else it would be its own content.
    private static void Body(RenderRun run, string name, TemplateDelegate body, BindingContext context, EncodedTextWriter writer)
    {
        var before = Frames.Block(context);
        var around = Frames.Parent(context);
        while (around is not null && ReferenceEquals(Frames.Block(around), body)) around = Frames.Parent(around);
        Frames.SetBlock(context, around is null ? null : Frames.Block(around));
        run.Enter(null, name);
        try
        {
            body(writer, context);
        }
        finally
        {
            Frames.SetBlock(context, before);
        }

        run.Leave();
    }

    private static string Missing(RenderRun run, string name)
    {
        var sources = run.Set.Sources;
        var shown = name.Length > 60 ? name[..60] + "…" : name;
        return $"partial '{shown}' is not in theme '{sources.Theme}'.{NearestName.Question(name, sources.Partials.Keys)} Partials are files whose name starts with __, and widgets/….";
    }
}
