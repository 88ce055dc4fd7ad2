using Platform.Templating.Helpers;

namespace Platform.Templating;

/// <summary>The helpers that every template has beside the blocks <c>if</c>, <c>unless</c>, <c>each</c> and <c>with</c>.</summary>
public static class BuiltinHelpers
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<Helper> All { get; } =
    [
        new("lookup", (in call) => Lookup(call.Arguments[0], call.Arguments[1]), 2, 2, "(lookup map key)"),
        // Where a log is kept is the host's to say.
        new("log", (in _) => null),
        Comparison.Of("eq", Comparison.AreEqual),
        Comparison.Of("ne", (a, b) => !Comparison.AreEqual(a, b)),
        Comparison.Of("gt", (a, b) => Comparison.Order(a, b) > 0),
        Comparison.Of("gte", (a, b) => Comparison.Order(a, b) >= 0),
        Comparison.Of("lt", (a, b) => Comparison.Order(a, b) < 0),
        Comparison.Of("lte", (a, b) => Comparison.Order(a, b) <= 0),
        Logic.And,
        Logic.Or,
        Logic.Not,
        new("len", (in call) => Boxes.Of(TemplateValue.Length(call.Arguments[0])), 1, 1, "(len value)"),
        Dates.FormatDate,
        Numbers.FormatNumber,
        Texts.Truncate,
        Texts.UrlEncode,
        Texts.HtmlEscape,
        Json.Helper,
        Urls.Url,
        Attributes.Attr,
    ];

    private static object? Lookup(object? value, object? key) => TemplateValue.IsTrue(value) ? TemplateValue.Member(value, TemplateValue.Text(key)) : value;
}
