using System.Text.RegularExpressions;

namespace Platform.Functional.Tests.Plugins;

/// <summary>The example of docs/plugins.md: its code is that of a plugin that is built, its template gives the output shown.</summary>
public sealed partial class DocumentedHelpersTests
{
    [Fact]
    public async Task Example_OfTheDocs_GivesTheOutputShown()
    {
        var section = File.ReadAllText(Path.Combine(Repository.Root, "docs", "plugins.md")).Split("## Helpers for templates\n")[1].Split("\n## ")[0];
        var blocks = Blocks().Matches(section).Select(block => block.Groups[1].Value).ToList();
        Assert.Equal(3, blocks.Count);
        Assert.Equal(File.ReadAllText(Path.Combine(Repository.Root, "tests", "TestPlugins", "typography", "Typography.cs")), blocks[0]);

        using var site = TestSite.Small();
        // What a signed-in visitor may do is a list that needs no plugin.
        site.Theme("team", blocks[1].Replace("rows people", "rows user.permissions", StringComparison.Ordinal)).Theme("wrong", "\n{{#rows user.permissions \"two\"}}{{/rows}}").Plugin("typography");
        await using var server = await RunningServer.StartAsync(site);
        Assert.Equal(blocks[2], (await server.SignedIn("7", "Ann", "Ben", "Cid").GetAsync("/team")).Text);
        Assert.Contains("<td>nobody</td>", (await server.GetAsync("/team")).Text, StringComparison.Ordinal);
        Assert.Equal(500, (await server.GetAsync("/wrong")).Code);
        await server.Log.WaitForAsync(@"\(2,1\): rows: plugin typography: the size is 'two'; expected a whole number from 1\.");
    }

    [GeneratedRegex("```(?:csharp|html)\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Blocks();
}
