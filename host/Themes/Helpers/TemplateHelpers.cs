using System.Collections.Frozen;

namespace Platform.Host.Themes.Helpers;

/// <summary>The built-in helpers. <c>if</c>, <c>unless</c>, <c>each</c> and <c>with</c> are blocks and belong to the engine.</summary>
internal static class TemplateHelpers
{
    public static FrozenDictionary<string, TemplateHelper> All { get; } = new Dictionary<string, TemplateHelper>
    {
        ["eq"] = new(2, 2, "(eq a b)", (a, in _) => Comparison.AreEqual(a[0], a[1])),
        ["ne"] = new(2, 2, "(ne a b)", (a, in _) => !Comparison.AreEqual(a[0], a[1])),
        ["gt"] = new(2, 2, "(gt a b)", (a, in _) => Comparison.Order(a[0], a[1]) > 0),
        ["gte"] = new(2, 2, "(gte a b)", (a, in _) => Comparison.Order(a[0], a[1]) >= 0),
        ["lt"] = new(2, 2, "(lt a b)", (a, in _) => Comparison.Order(a[0], a[1]) < 0),
        ["lte"] = new(2, 2, "(lte a b)", (a, in _) => Comparison.Order(a[0], a[1]) <= 0),
        ["and"] = new(2, 50, "(and a b …)", (a, in _) => Every(a)),
        ["or"] = new(2, 50, "(or a b …)", (a, in _) => Any(a)),
        ["not"] = new(1, 1, "(not a)", (a, in _) => !TemplateValue.IsTruthy(a[0])),
        ["len"] = new(1, 1, "(len value)", (a, in _) => TemplateValue.Length(a[0])),
        ["lookup"] = new(2, 2, "(lookup map key)", (a, in _) => TemplateValue.Member(a[0], a[1])),
        ["log"] = new(1, 50, "(log value …)", LogHelper.Write),
        ["format_date"] = new(1, 2, "(format_date value \"format\")", DateFormat.Format),
        ["format_number"] = new(1, 2, "(format_number value \"format\")", NumberFormat.Format),
        ["truncate"] = new(2, 3, "(truncate text length \"ending\")", TextHelpers.Truncate),
        ["url_encode"] = new(1, 1, "(url_encode text)", TextHelpers.UrlEncode),
        ["html_escape"] = new(1, 1, "(html_escape text)", TextHelpers.HtmlEscape),
        ["json"] = new(1, 1, "(json value)", JsonHelper.Write),
        ["asset"] = new(1, 1, "(asset \"css/site.css\")", AssetHelper.Url),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static bool Any(ReadOnlySpan<object?> values)
    {
        foreach (var value in values)
        {
            if (TemplateValue.IsTruthy(value)) return true;
        }

        return false;
    }

    private static bool Every(ReadOnlySpan<object?> values)
    {
        foreach (var value in values)
        {
            if (!TemplateValue.IsTruthy(value)) return false;
        }

        return true;
    }
}
