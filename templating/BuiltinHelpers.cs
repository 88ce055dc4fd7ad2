namespace Platform.Templating;

/// <summary>The helpers that every template has beside the blocks <c>if</c>, <c>unless</c>, <c>each</c> and <c>with</c>.</summary>
public static class BuiltinHelpers
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<Helper> All { get; } =
    [
        new("lookup", (in call) => TemplateValue.IsTrue(call.Arguments[0]) ? TemplateValue.Member(call.Arguments[0], TemplateValue.Text(call.Arguments[1])) : call.Arguments[0], 2, 2, "(lookup map key)"),
        new("log", (in _) => null),
    ];
}
