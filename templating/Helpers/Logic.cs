namespace Platform.Templating.Helpers;

/// <summary><c>and or not</c></summary>
internal static class Logic
{
    private const int Most = 50;

    public static Helper And { get; } = new("and", (in call) => Boxes.Of(!Has(call.Arguments, false)), 2, Most, "(and a b …)");

    public static Helper Or { get; } = new("or", (in call) => Boxes.Of(Has(call.Arguments, true)), 2, Most, "(or a b …)");

    public static Helper Not { get; } = new("not", (in call) => Boxes.Of(!TemplateValue.IsTruthy(call.Arguments[0])), 1, 1, "(not a)");

    private static bool Has(ReadOnlySpan<object?> values, bool truth)
    {
        foreach (var value in values)
        {
            if (TemplateValue.IsTruthy(value) == truth) return true;
        }

        return false;
    }
}
