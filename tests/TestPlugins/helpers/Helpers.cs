using System.Globalization;
using Platform.Sdk;

namespace Platform.TestPlugins;

/// <summary>Helpers for templates, good ones and bad ones.</summary>
public sealed class Helpers : IPlugin, ITemplateHelpers
{
#if SECOND
    private const string Ending = "!!";
#else
    private const string Ending = "!";
#endif

    public string Name => "helpers";

    IReadOnlyList<TemplateHelper> ITemplateHelpers.Helpers { get; } =
    [
        TemplateHelper.Value("shout", call => call.Text(0).ToUpperInvariant() + Ending),
        TemplateHelper.Value("badge", call => new Html($"<b class=\"{Html.Escape(call["kind"] as string ?? "plain")}\">{Html.Escape(call.Text(0))}</b>")),
        TemplateHelper.Value("initials", call => new Dictionary<string, object?> { ["first"] = call.Text(0)[..1], ["count"] = call.Arguments.Count }),
        TemplateHelper.Block("times", Times),
        TemplateHelper.Block("frame", block => block.Write($"<div>{block.Capture(block.Context).Trim()}</div>")),
        TemplateHelper.Value("fails", _ => throw new InvalidOperationException("thrown on purpose")),
        TemplateHelper.Value("stuck", _ =>
        {
            Thread.Sleep(Timeout.Infinite);
            return null;
        }),
        TemplateHelper.Value("alien", _ => new Uri("/alien", UriKind.Relative)),
        TemplateHelper.Block("swallows", Swallow),
        TemplateHelper.Block("rewraps", Rewrap),
    ];

    private static void Times(TemplateBlock block)
    {
        if (block[0] is not long count || count < 0) throw new ArgumentException($"'{block.Text(0)}' is no number of times; expected a whole number from 0.");
        if (count == 0) block.RenderElse(block.Context);
        for (var i = 0L; i < count; i++) block.Render(block.Context, new Dictionary<string, object?> { ["turn"] = i }, i.ToString(CultureInfo.InvariantCulture));
    }

    private static void Rewrap(TemplateBlock block)
    {
        try
        {
            block.Render(block.Context);
        }
        catch (Exception exception)
        {
            throw new InvalidOperationException("told in other words", exception);
        }
    }

    private static void Swallow(TemplateBlock block)
    {
        try
        {
            block.Render(block.Context);
        }
        catch (Exception)
        {
            block.Write("all is well");
        }
    }
}
