using System.Globalization;
using System.Text;
using Platform.Host.Themes.HandlebarsNet.Checking;
using Platform.Templating;

namespace Platform.Host.Themes.HandlebarsNet;

/// <summary>
/// Prepares a source for the library, which forgets positions, ends a comment at its first brace and reads 1.5 as text:
/// each helper call gets its position as first argument, comments are emptied, decimals become calls.
/// </summary>
internal static class SourceRewriter
{
    public const int OffsetBits = 20;
    private const string NumberHelper = "platformNumber";

    public static Helper Number { get; } = new(NumberHelper, (in call) => double.Parse((string)call.Arguments[0]!, NumberStyles.Float, CultureInfo.InvariantCulture), 1, 1);

    public static string Rewrite(TemplateSource source, int id)
    {
        var edits = new List<(int At, int Remove, string Insert)>();
        var report = TemplateReport.Of(source);
        foreach (var call in report.Calls) edits.Add((call.Start + call.Length, 0, " " + Position(id, call.Start)));
        foreach (var number in report.Decimals) edits.Add((number.Start, number.Length, $"({NumberHelper} {Position(id, number.Start)} \"{number.Value}\")"));
        foreach (var comment in report.Comments) edits.Add((comment.Start, comment.End - comment.Start, Emptied(source.Text, comment)));
        edits.Sort((a, b) => a.At.CompareTo(b.At));
        var text = new StringBuilder(source.Text.Length + edits.Count * 10);
        var from = 0;
        foreach (var (at, remove, insert) in edits)
        {
            text.Append(source.Text, from, at - from).Append(insert);
            from = at + remove;
        }

        return text.Append(source.Text, from, source.Text.Length - from).ToString();
    }

    public static string Position(int id, int offset) => (((long)id << OffsetBits) | (uint)offset).ToString(CultureInfo.InvariantCulture);

    private static string Emptied(string text, Tag comment)
    {
        var before = text[comment.Start + 2] == '~' ? "~" : "";
        var after = text[comment.End - 3] == '~' ? "~" : "";
        return $"{{{{{before}!-- --{after}}}}}";
    }
}
