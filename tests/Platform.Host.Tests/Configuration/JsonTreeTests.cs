using System.Text;
using Platform.Host.Routing;

namespace Platform.Host.Tests.Configuration;

public sealed class JsonTreeTests
{
    [Theory]
    [InlineData("{ \"domains\": [], }", "routes.json(1,18): not JSON (The JSON object contains a trailing comma at the end); expected a JSON document. Nothing of the file is used.")]
    [InlineData("{\n  // note\n}", "routes.json(2,3): a comment; expected JSON, which has none. Remove it, or write it as \"description\".")]
    [InlineData("{\n  \"ü\": 1,\n  \"ü\" x }", "routes.json(3,7): not JSON ('x' is invalid after a property name. Expected a ':'); expected a JSON document. Nothing of the file is used.")]
    [InlineData("{ \"domains\": [] }\n{}", "routes.json(2,1): not JSON ('{' is invalid after a single JSON value. Expected end of data); expected a JSON document. Nothing of the file is used.")]
    [InlineData("{ \"domains\": [], \"dom\\u0061ins\": [] }", "routes.json(1,18): the key \"domains\" a second time, first in line 1; expected each key once. Remove one.")]
    [InlineData("{ \"ü\": 1,\n \"default_theme\": \"\\ud800\" }", "routes.json(2,19): half of a surrogate pair as \\u escape; expected text. Write the character itself.")]
    [InlineData("{ \"üü\": {}, \"default_theme\": 5 }", "routes.json(1,30): default_theme: 5 is not text; expected a text. Put it in quotes.")]
    public void Read_BadDocument_IsRefusedWithThisMessage(string json, string message) => Assert.Contains(message, Problems(json));

    [Fact]
    public void Read_NoDocument_IsRefused() => Assert.StartsWith("routes.json(1,1): not JSON (", Assert.Single(Problems("")), StringComparison.Ordinal);

    [Fact]
    public void Read_TooDeepOrTooLarge_IsRefused()
    {
        Assert.Equal("routes.json(1,33): more than 32 lists and maps within each other; expected at most 32. Nothing of the file is used.", Assert.Single(Problems(new string('[', 20_000))));
        Assert.Equal("more than 200000 values; expected at most 200000. Nothing of the file is used.", Assert.Single(Problems("[" + string.Concat(Enumerable.Repeat("1,", 200_001)))).Split(": ")[1]);
        Assert.Equal("routes.json: larger than 8192 KB; expected at most 8192 KB. Nothing of it was read.", Assert.Single(Problems(new string(' ', (8 << 20) + 1))));
    }

    private static string[] Problems(string json) => [.. RoutesReader.Parse(Encoding.UTF8.GetBytes(json), "routes.json").Problems.Select(problem => problem.ToString())];
}
