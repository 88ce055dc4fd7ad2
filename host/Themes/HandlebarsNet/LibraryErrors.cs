using System.Text.RegularExpressions;
using HandlebarsDotNet;

namespace Platform.Host.Themes.HandlebarsNet;

/// <summary>Turns the library's exceptions into ones with a file; one in six has a position.</summary>
internal static partial class LibraryErrors
{
    public static TemplateException Explain(TemplateSource source, Exception failure)
    {
        var deepest = failure;
        while (deepest.InnerException is { } inner) deepest = inner;
        for (var each = failure; each is not null; each = each.InnerException)
        {
            if (each is HandlebarsException && Place().Match(each.Message) is { Success: true } place)
            {
                return source.Error(int.Parse(place.Groups[2].Value), 0, $"the template can't be compiled: {place.Groups[1].Value.Trim()}.", failure);
            }
        }

        return source.Error(0, 0, $"the template can't be compiled: {deepest.Message}", failure);
    }

    [GeneratedRegex(@"^(.*?)\.?\s*Occured at: (\d+):\d+", RegexOptions.Singleline)]
    private static partial Regex Place();
}
