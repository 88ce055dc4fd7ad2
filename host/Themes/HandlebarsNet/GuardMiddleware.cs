using System.Linq.Expressions;
using System.Reflection;
using HandlebarsDotNet;
using HandlebarsDotNet.Compiler;
using HandlebarsDotNet.Decorators;
using HandlebarsDotNet.Helpers;
using HandlebarsDotNet.Helpers.BlockHelpers;
using HandlebarsDotNet.PathStructure;
using HandlebarsDotNet.Runtime;
using Platform.Templating;

namespace Platform.Host.Themes.HandlebarsNet;

/// <summary>Rewrites what the library compiles: its defective calls become calls of this folder, and each template looks at its budget first.</summary>
internal sealed class GuardMiddleware(LibraryEnvironment environment) : IExpressionMiddleware
{
    private static readonly MethodInfo Tick = typeof(RenderRun).GetMethod(nameof(RenderRun.Tick))!;

    public Expression<T> Invoke<T>(Expression<T> expression)
        where T : Delegate
    {
        var guarded = (Expression<T>)new Replacement(environment, expression.Parameters).Visit(expression);
        if (typeof(T) != typeof(TemplateDelegate)) return guarded;
        var body = guarded.Body is BlockExpression block
            ? Expression.Block(block.Variables, block.Expressions.Prepend(Expression.Call(Tick)))
            : Expression.Block(Expression.Call(Tick), guarded.Body);
        return guarded.Update(body, guarded.Parameters);
    }

    private sealed class Replacement(LibraryEnvironment environment, IReadOnlyList<ParameterExpression> parameters) : ExpressionVisitor
    {
        private static readonly MethodInfo Partial = typeof(PartialCalls).GetMethod(nameof(PartialCalls.Invoke))!;
        private static readonly MethodInfo Iterate = typeof(Iteration).GetMethod(nameof(Iteration.Each))!;
        private static readonly MethodInfo WriteText = typeof(RenderRun).GetMethod(nameof(RenderRun.Write))!;
        private static readonly MethodInfo WritePath = typeof(PathValue).GetMethod(nameof(PathValue.Write))!;
        private static readonly MethodInfo Resolve = typeof(ValuePath).GetMethod(nameof(ValuePath.Resolve))!;
        private static readonly MethodInfo Truthy = typeof(Iteration).GetMethod(nameof(Iteration.IsTruthy))!;

        protected override Expression VisitMethodCall(MethodCallExpression node)
        {
            if (Path(node) is { } path) return path;
            var arguments = Visit(node.Arguments);
            return (node.Method.DeclaringType?.Name, node.Method.Name) switch
            {
                ("PartialBinder", "InvokePartialWithFallback") => Expression.Call(
                    Partial, Uncast(arguments[0]), arguments[1], arguments[2], arguments[4], arguments[5], Expression.Constant(MakesFrame(arguments[1]))),
                ("Iterator", "Iterate") => Expression.Call(Iterate, arguments),
                ("HandlebarsUtils", "IsTruthyOrNonEmpty") => Expression.Call(Truthy, arguments),
                ("PathResolver", "ResolvePath") when Captured(node.Arguments[1]) is PathInfo name && ValuePath.Parse(name) is { } value =>
                    Expression.Call(Resolve, arguments[0], Expression.Constant(value)),
                ("EncodedTextWriter", "Write") when arguments is [ConstantExpression { Value: string text }, ConstantExpression { Value: false }] =>
                    Expression.Call(WriteText, Expression.Constant(new StaticText(text))),
                _ => node.Update(Visit(node.Object), arguments),
            };
        }

        // {{title}}: the library passes four structs through an interface; a static call is a fifth of the code, and of the time to compile it.
        private MethodCallExpression? Path(MethodCallExpression node)
        {
            if (node is not { Method.Name: "Invoke", Arguments.Count: 4, Object: MemberExpression { Member.Name: "Value" } value }) return null;
            if (Captured(value.Expression) is not Ref<IHelperDescriptor<HelperOptions>> helper) return null;
            Replace(helper);
            var writer = parameters.FirstOrDefault(p => p.Type == typeof(EncodedTextWriter));
            var context = parameters.FirstOrDefault(p => p.Type == typeof(BindingContext));
            if (helper.Value is not PathValue path || writer is null || context is null) return null;
            return Expression.Call(WritePath, writer, context, Expression.Constant(path.Path));
        }

        protected override Expression VisitMember(MemberExpression node)
        {
            Replace(Captured(node));
            return base.VisitMember(node);
        }

        protected override Expression VisitConstant(ConstantExpression node)
        {
            Replace(node.Value);
            return node;
        }

        private void Replace(object? reference)
        {
            switch (reference)
            {
                case Ref<IHelperDescriptor<HelperOptions>> { Value: LateBindHelperDescriptor path } helper:
                    helper.Value = new PathValue(path.Name);
                    break;
                case Ref<IHelperDescriptor<HelperOptions>> { Value: LookupReturnHelperDescriptor } helper:
                    helper.Value = new HelperAdapter(BuiltinHelpers.All.First(known => known.Name == "lookup"), environment);
                    break;
                case Ref<IHelperDescriptor<BlockHelperOptions>> { Value: LateBindBlockHelperDescriptor path } block:
                    block.Value = new Section(path.Name);
                    break;
                case Ref<IHelperDescriptor<BlockHelperOptions>> { Value: WithBlockHelperDescriptor } block:
                    block.Value = new With();
                    break;
                case Ref<IDecoratorDescriptor<BlockDecoratorOptions>> { Value: not InlinePartial } decorator:
                    decorator.Value = new InlinePartial();
                    break;
            }
        }

        // What the library's lambdas capture lies in fields of constants, at times through several closures.
        private static object? Captured(Expression? node) => node switch
        {
            ConstantExpression constant => constant.Value,
            MemberExpression { Member: FieldInfo { IsStatic: false } field } member when Captured(member.Expression) is { } holder => field.GetValue(holder),
            _ => null,
        };

        // A name from data may be anything; the library would cast it and fail without a place.
        private static Expression Uncast(Expression name)
        {
            while (name is UnaryExpression { NodeType: ExpressionType.Convert } cast) name = cast.Operand;
            return name.Type == typeof(object) ? name : Expression.Convert(name, typeof(object));
        }

        private static bool MakesFrame(Expression context) => context is MethodCallExpression { Method.Name: "CreateChildContext" };
    }
}
