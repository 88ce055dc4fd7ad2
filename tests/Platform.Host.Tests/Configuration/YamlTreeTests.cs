using System.Diagnostics;
using System.Text;
using Platform.Host.Configuration;
using static Platform.Host.Tests.Configuration.Written;

namespace Platform.Host.Tests.Configuration;

public sealed class YamlTreeTests
{
    [Theory]
    [InlineData("auth: *x\n", "config.yaml(1,7): the alias *x; expected the value itself. Write it out.")]
    [InlineData("auth: &x\n  sign_in_path: /a\n", "config.yaml(1,7): the anchor &x; expected a plain value. Remove it.")]
    [InlineData("cache: { ttl: !!int 5 }\n", "config.yaml(1,15): the tag tag:yaml.org,2002:int; expected a plain value. Remove it.")]
    [InlineData("cache: { ttl: 5, ttl: 6 }\n", "config.yaml(1,18): the key \"ttl\" a second time, first in line 1; expected each key once. Remove one.")]
    [InlineData("cache:\n  ttl: 5\ncache:\n  ttl: 6\n", "config.yaml(3,1): the key \"cache\" a second time, first in line 1; expected each key once. Remove one.")]
    [InlineData("---\nauth:\n---\ncache:\n", "config.yaml(3,1): a second document; expected one. Remove the line \"---\" or what follows it.")]
    [InlineData("? [a]\n: 1\n", "config.yaml(1,3): a list as a key; expected a name. Nothing of the file is used.")]
    [InlineData("auth: [b\n", "config.yaml(2,1): not YAML (While parsing a flow sequence, did not find expected ',' or ']'); expected \"key: value\" lines, indented by spaces. Nothing of the file is used.")]
    [InlineData("cache:\n ttl: 5\n  enabled: true\n", "config.yaml(3,10): not YAML (While scanning a plain scalar value, found invalid mapping); expected \"key: value\" lines, indented by spaces. Nothing of the file is used.")]
    [InlineData("!!]\n", "config.yaml(1,1): not YAML (Global tags must be valid URIs. (Parameter 'value')); expected \"key: value\" lines, indented by spaces. Nothing of the file is used.")]
    [InlineData(":\n{ \n:\"", "config.yaml(1,1): not YAML (Operation is not valid due to the current state of the object); expected \"key: value\" lines, indented by spaces. Nothing of the file is used.")]
    [InlineData("cache:\n\tttl: 5\n", "config.yaml(2,1): a tab in the indentation; expected spaces. Replace it.")]
    [InlineData("auth: a\0b\n", "config.yaml(1,8): the control character U+0000; expected text. Remove it.")]
    [InlineData("# note\u2028auth: 1\n", "config.yaml(1,7): the control character U+2028; expected text. Remove it.")]
    public void Read_BadDocument_IsRefusedWithThisMessage(string yaml, string message) => Assert.Equal(message, Yaml(yaml).Problems[0].ToString());

    [Fact]
    public void Read_InvalidUtf8_IsRefusedWithItsPlace()
    {
        var result = ConfigurationReader.Parse(new byte[] { (byte)'#', (byte)'\n', (byte)'a', 0xC3, 0x28 }, "/site/config.yaml", Nothing, Nothing);
        Assert.Equal("config.yaml(2,2): bytes that are not UTF-8; expected a text file in UTF-8. Save it in that encoding.", Assert.Single(result.Problems).ToString());
    }

    [Fact]
    public void Read_ByteOrderMark_IsSkipped()
    {
        var result = ConfigurationReader.Parse(Encoding.UTF8.GetBytes("\uFEFFcache: { ttl: 0 }\n"), "/site/config.yaml", Nothing, Nothing);
        Assert.StartsWith("config.yaml(1,15): cache.ttl: 0;", Assert.Single(result.Problems).ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\r\n")]
    [InlineData("\n")]
    public void Read_LineEnds_GiveTheSamePlaces(string end) =>
        Assert.StartsWith("config.yaml(3,8): cache.ttl: 0;", Problem($"# ü{end}cache:{end}  ttl: 0{end}"), StringComparison.Ordinal);

    [Fact]
    public void Read_BlockAndFlowAndMultiLineScalars_AreTaken() =>
        Assert.Equal("a b\n", Options("plugins:\n  each:\n    p:\n      settings:\n        t: >\n          a\n          b\n").Plugins.For("p").Settings["t"]);

    // Each is refused within a second: at the limit while reading, not after.
    [Theory]
    [MemberData(nameof(Bombs))]
    public void Read_Bomb_IsRefusedSoon(string kind, string message)
    {
        var watch = Stopwatch.StartNew();
        var problems = Yaml(Bomb(kind)).Problems;
        Assert.Equal(message, problems[0].Message);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(2), $"{kind} took {watch.Elapsed}.");
    }

    public static TheoryData<string, string> Bombs()
    {
        const string Deep = "more than 32 lists and maps within each other; expected at most 32. Nothing of the file is used.";
        const string Many = "more than 10000 values; expected at most 10000. Nothing of the file is used.";
        return new()
        {
            { "20,000 opening brackets", Deep },
            { "a megabyte of opening brackets", Deep },
            { "a megabyte of opening braces", "a map as a key; expected a name. Nothing of the file is used." },
            { "nested maps in one line", Deep },
            { "nested lists in one line", Deep },
            { "nested maps, indented", Deep },
            { "a long list", Many },
            { "many keys", Many },
            { "more than a megabyte", "larger than 1024 KB; expected at most 1024 KB. Nothing of it was read." },
        };
    }

    private static string Bomb(string kind) => kind switch
    {
        "20,000 opening brackets" => "a: " + new string('[', 20_000),
        "a megabyte of opening brackets" => new string('[', 1_000_000),
        "a megabyte of opening braces" => new string('{', 1_000_000),
        "nested maps in one line" => "a: " + string.Concat(Enumerable.Repeat("{a: ", 100_000)),
        "nested lists in one line" => string.Concat(Enumerable.Repeat("- ", 100_000)),
        "nested maps, indented" => string.Concat(Enumerable.Range(0, 1000).Select(depth => new string(' ', depth) + "a:\n")),
        "a long list" => "a: [" + string.Concat(Enumerable.Repeat("1,", 500_000)),
        "many keys" => string.Concat(Enumerable.Range(0, 50_000).Select(i => $"k{i}: 1\n")),
        _ => new string('#', 1024 * 1024 + 1),
    };

    [Fact]
    public void Read_AtTheLimits_IsAccepted()
    {
        // Five maps of the schema and 27 lists are 32 levels.
        var deep = "plugins: { each: { p: { settings: { a: " + new string('[', 27) + new string(']', 27) + " } } } }\n";
        Assert.Empty(Yaml(deep).Problems);
        Assert.Equal("more than 32 lists and maps within each other; expected at most 32. Nothing of the file is used.", Yaml(deep.Replace("[]", "[[]]", StringComparison.Ordinal)).Problems[0].Message);
        Assert.Empty(Yaml("plugins: { each: { p: { settings: { a: [" + string.Concat(Enumerable.Repeat("1,", 9_900)) + "] } } } }\n").Problems);
        Assert.Empty(Yaml("#" + new string(' ', 1024 * 1024 - 2) + "\n").Problems);
    }

    // Whatever the bytes, reading ends with options or with problems, never with an exception.
    [Fact]
    public void Read_AnyMutation_EndsWithOptionsOrProblems()
    {
        const string Changes = " \n\t:-[]{}#&*!|>'\"%@`,?a0~\\\r\u00FF";
        var random = new Random(7);
        var original = File.ReadAllBytes(Path.Combine(Repository, "config.yaml"));
        for (var round = 0; round < 2000; round++)
        {
            var bytes = original.ToArray();
            for (var change = 0; change < 1 + round % 5; change++) bytes[random.Next(bytes.Length)] = (byte)Changes[random.Next(Changes.Length)];
            var result = ConfigurationReader.Parse(bytes, "/site/config.yaml", Nothing, Nothing);
            Assert.True(result.Options is null == result.Problems.Count > 0);
            Assert.All(result.Problems, problem => Assert.True(problem.Line > 0 && problem.Column > 0, problem.ToString()));
        }
    }
}
