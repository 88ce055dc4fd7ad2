using Platform.Host.Plugins;
using Platform.Sdk;

namespace Platform.Host.Tests.Plugins;

/// <summary>The answers that stand in where a plugin fails.</summary>
public class LastGoodTests
{
    private static readonly PluginOutcome<PageData> Failed = new(null, new(PluginFailureKind.Threw, "on purpose"));

    private readonly LastGood kept = new();

    [Fact]
    public async Task OnePageMadeAgainAndAgain_CostsNoOtherItsAnswer()
    {
        await AskAsync("quiet", Page("quiet"));
        for (var turn = 0; turn < 100; turn++) await AskAsync("busy", Page(new string('x', 400_000)));
        Assert.Equal("quiet", (await AskAsync("quiet", Failed)).Value?["text"]);
    }

    [Fact]
    public async Task ManyPages_CostTheOldestTheirAnswers_AndNoneOfTheRest()
    {
        for (var page = 0; page < 600; page++) await AskAsync($"{page}", Page($"{page}"));
        Assert.Null((await AskAsync("0", Failed)).Value);
        for (var page = 100; page < 600; page++) Assert.Equal($"{page}", (await AskAsync($"{page}", Failed)).Value?["text"]);
    }

    private static PluginOutcome<PageData> Page(string text) => new(new() { ["text"] = text }, null);

    private ValueTask<PluginOutcome<PageData>> AskAsync(string key, PluginOutcome<PageData> outcome) => kept.OrKeptAsync(key, new(outcome), new RequestParameter { Path = key, UrlPath = key });
}
