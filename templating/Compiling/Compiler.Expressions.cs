using Platform.Templating.Rendering;
using Platform.Templating.Syntax;

namespace Platform.Templating.Compiling;

/// <summary>Resolves names and calls; the distinctions are those of the Handlebars.js compiler.</summary>
internal sealed partial class Compiler
{
    private enum CallKind
    {
        /// <summary>A path: never a helper.</summary>
        Simple,

        /// <summary>A helper, or an error.</summary>
        Helper,

        /// <summary>A helper where there is one of the name, else a path.</summary>
        Ambiguous,
    }

    private CallKind Classify(PathNode path, bool hasArguments)
    {
        var isParameter = path.IsSimple && !path.IsData && Scope.Find(scope, path.Parts[0]) is not null;
        if (isParameter) return CallKind.Simple;
        if (hasArguments) return CallKind.Helper;
        if (!path.IsSimple || path.IsData) return CallKind.Simple;
        if (BuiltinBlocks.IsKnown(path.Parts[0]) || options.KnownHelpers.Contains(path.Parts[0])) return CallKind.Helper;
        return options.KnownHelpersOnly ? CallKind.Simple : CallKind.Ambiguous;
    }

    /// <summary>A helper that can't be called without arguments does not hide data of its name.</summary>
    private Helper? FindHelper(PathNode path, Call call)
    {
        if (path.IsData || path.Original is "helperMissing" or "blockHelperMissing") return null;
        if (options.KnownHelpersOnly && !BuiltinBlocks.IsKnown(path.Parts[0]) && !options.KnownHelpers.Contains(path.Parts[0])) return null;
        var helper = environment.Helper(path.Parts[0]);
        if (helper is null || (helper.Least > 0 && !call.HasArguments && !BuiltinBlocks.IsKnown(helper.Name))) return null;
        return helper;
    }

    /// <summary>What a tag or a subexpression is worth.</summary>
    private Expression Value(Call call, int start, bool isSubExpression)
    {
        var path = AsPath(call.Path);
        switch (Classify(path, call.HasArguments || isSubExpression))
        {
            case CallKind.Helper when path.IsSimple && !path.IsData && BuiltinBlocks.Contains(path.Parts[0]) && environment.Helper(path.Parts[0]) is null:
                CompileForErrors(call);
                return new FailureExpression(start, $"'{path.Original}' is a block; expected {{{{#{path.Original} …}}}}…{{{{/{path.Original}}}}}. It has no value.");
            case CallKind.Helper when path.IsSimple && FindHelper(path, call) is { } helper:
                return new HelperExpression(Invocation(start, path.Original, helper, call, null));
            case CallKind.Helper:
                return Missing(start, path, call, null);
            case CallKind.Ambiguous when FindHelper(path, call) is { } helper:
                return new HelperExpression(Invocation(start, path.Original, helper, call, null));
            case CallKind.Ambiguous:
                return Fallback(start, path);
            default:
                return Path(path, true);
        }
    }

    private Expression Argument(ExpressionNode node) => node switch
    {
        LiteralNode literal => new Literal(literal.Value),
        SubExpressionNode nested => Value(nested.Call, nested.Start, true),
        PathNode path => Path(path, false),
        _ => throw new InvalidOperationException($"An argument of the type {node.GetType().Name}."),
    };

    /// <summary>A call that can't be made may still hold what can't be compiled.</summary>
    private void CompileForErrors(Call call)
    {
        foreach (var argument in call.Arguments) Argument(argument);
        Hash(call.Hash);
    }

    private HashArgument[] Hash(List<HashPair> pairs) => [.. Distinct(pairs).Select(pair => new HashArgument(pair.Key, Argument(pair.Value)))];

    /// <summary>Of a name that is given twice, the first counts.</summary>
    private static IEnumerable<HashPair> Distinct(List<HashPair> pairs) => pairs.DistinctBy(pair => pair.Key, StringComparer.Ordinal);

    private HelperInvocation Invocation(int start, string name, Helper helper, Call call, BlockNode? block) => new(start, name, helper)
    {
        Arguments = [.. call.Arguments.Select(Argument)],
        HashNames = [.. Distinct(call.Hash).Select(pair => pair.Key)],
        HashValues = [.. Distinct(call.Hash).Select(pair => Argument(pair.Value))],
        Body = block is null ? null : CompileBody(block.Program, true),
        Else = block?.Inverse is null ? null : CompileBody(block.Inverse, true),
    };

    /// <summary>A call of what is no helper.</summary>
    private Expression Missing(int start, PathNode path, Call call, BlockNode? block)
    {
        if (options.KnownHelpersOnly) throw Error(start, $"'{path.Original}' is not among the known helpers. Correct the name.");
        var value = Path(path, true);
        if (environment.Helper("helperMissing") is { } custom && !options.Strict) return new FallbackExpression(value, Invocation(start, path.Original, custom, call, block));
        return new MissingHelperExpression(start, path.Original, value, environment)
        {
            HasArguments = call.Arguments.Count > 0 || options.Strict,
            Arguments = [.. call.Arguments.Select(Argument), .. Hash(call.Hash).Select(pair => pair.Value)],
        };
    }

    /// <summary>A name that may be a helper's but is not.</summary>
    private Expression Fallback(int start, PathNode path)
    {
        var value = Path(path, true);
        return environment.Helper("helperMissing") is { } custom && !options.Strict ? new FallbackExpression(value, new(start, path.Original, custom)) : value;
    }

    private Expression Path(PathNode path, bool isCalled)
    {
        var names = path.Parts;
        var checks = options.Strict || options.AssumeObjects;
        var isStrict = options.Strict && isCalled;
        if (path.IsData)
        {
            if (names.Length == 0) return new Literal(null);
            if (!checks) return new DataExpression(path.Depth, names);
            var data = new StrictDataExpression(path.Start, path.Depth, names[0], isStrict && names.Length == 1);
            return names.Length == 1 ? data : new StrictExpression(path.Start, data, names[1..], isStrict);
        }

        if (names.Length > 0 && path.Depth == 0 && !path.IsScoped && Scope.Find(scope, names[0]) is { } parameter)
        {
            if (parameter.Up < 0) return new Literal(null);
            return checks && names.Length > 1
                ? new StrictExpression(path.Start, new ParameterExpression(parameter.Up, parameter.Index, [names[0]]), names[1..], false)
                : new ParameterExpression(parameter.Up, parameter.Index, names);
        }

        // An empty first name is no name: the context.
        if (names.Length == 0 || names[0].Length == 0) return new ContextExpression(path.Depth);
        if (options.Compat && path.Depth == 0 && !path.IsScoped)
        {
            return checks && names.Length > 1 ? new StrictExpression(path.Start, new CompatExpression([names[0]]), names[1..], isStrict) : new CompatExpression(names);
        }

        if (checks) return new StrictExpression(path.Start, new ContextExpression(path.Depth), names, isStrict);
        return path.Depth == 0 && names.Length == 1 ? new NameExpression(names[0]) : new PathExpression(path.Depth, names);
    }

    /// <summary>A literal where a name stands is a name.</summary>
    private static PathNode AsPath(ExpressionNode node) => node as PathNode ?? new(node.Start, node.Original, false, 0, [node.Original]);
}
