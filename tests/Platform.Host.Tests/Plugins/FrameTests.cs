using System.Buffers;
using System.Text;
using System.Text.Json;
using Platform.Bench.Isolation;
using Platform.Host.Plugins.Isolation.Frames;
using Platform.Sdk;

namespace Platform.Host.Tests.Plugins;

/// <summary>Values and frames as they cross the border to a plugin's process.</summary>
public class FrameTests
{
    public static TheoryData<object?, string> Values => new()
    {
        { null, "null" },
        { true, "true" },
        { 7L, "7" },
        { long.MinValue, "-9223372036854775808" },
        { 1.0, "1.0" },
        { -0.0, "-0.0" },
        { 1e300, "1E+300" },
        { 0.1 + 0.2, "0.30000000000000004" },
        { 1.10m, """{"$decimal":"1.10"}""" },
        { decimal.MaxValue, """{"$decimal":"79228162514264337593543950335"}""" },
        { new Html("<b>"), """{"$html":"<b>"}""" },
        { "a \"b\" & ä 😀", "\"a \\\"b\\\" & ä 😀\"" },
        { "\ud83d!", "\"\\ud83d!\"" },
    };

    [Theory]
    [MemberData(nameof(Values))]
    public void Value_ThereAndBack_IsOfTheSameTypeAndTheSame(object? value, string json)
    {
        Assert.Equal(json.Replace("😀", "\\uD83D\\uDE00"), Written(value).Replace("😀", "\\uD83D\\uDE00"));
        Assert.Equal(value, Read(Written(value)));
        Assert.Equal(value?.GetType(), Read(Written(value))?.GetType());
    }

    [Fact]
    public void Map_ThereAndBack_KeepsOrderAndKeysWithADollar()
    {
        var map = new DataMap { ["$html"] = "no HTML", ["b"] = new DataList(new object?[] { 1.0, null, new DataMap { ["$$"] = 1 } }), ["a"] = "" };
        Assert.Equal("""{"$$html":"no HTML","b":[1.0,null,{"$$$":1}],"a":""}""", Written(map));
        Assert.Equal(DataText(map), DataText((DataMap)Read(Written(map))!));
    }

    [Theory]
    [InlineData("9223372036854775808", typeof(decimal))]
    [InlineData("99999999999999999999999999999999999999", typeof(double))]
    [InlineData("1e2", typeof(double))]
    [InlineData("""{"$double":1}""", typeof(double))]
    public void Number_OfAnotherLanguage_BecomesWhatHoldsIt(string json, Type type) => Assert.IsType(type, Read(json));

    [Fact]
    public void Key_ThatStandsThereTwice_HasItsLastValue() => Assert.Equal(2L, ((DataMap)Read("""{"a":1,"a":2}""")!)["a"]);

    [Theory]
    [InlineData("""{"$html":1}""", "expected $html, $decimal or $double")]
    [InlineData("""{"$html":"a","b":1}""", "expected $html, $decimal or $double")]
    [InlineData("""{"$schema":"a"}""", "write another $ in front")]
    [InlineData("""[{"$html":"a"}]""", "a list or map holds HTML")]
    [InlineData("1e999", "larger than a double can be")]
    [InlineData("[[[[[1]]]]]", "more than 4 levels deep")]
    [InlineData("[1,2,3,4,5,6,7,8,9,10]", "more than 10 values")]
    public void Value_ThatCanNotBe_IsRefused(string json, string why) =>
        Assert.Contains(why, Assert.Throws<FrameException>(() => Read(json)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"type":"sing"}""")]
    [InlineData("""{"type":"result","id":"7"}""")]
    [InlineData("""{"type":"result"} {}""")]
    [InlineData("""{"type":"log",""")]
    [InlineData("\"\\ud800\"")]
    public void Frame_ThatIsNone_IsRefused(string json) => Assert.Throws<FrameException>(() => FrameHead.Read(Encoding.UTF8.GetBytes(json)));

    /// <summary>A short run of <c>bench/run frames</c>.</summary>
    [Fact]
    public async Task MutatedFrames_EndAllCalls_AndNothingElse()
    {
        var outcome = await new FrameRun(seed: 20).RunAsync(20_000);
        Assert.True(outcome.Received >= 20_000, $"{outcome}");
        Assert.True(outcome.Answered > 0 && outcome.Failed > 0 && outcome.Lines > 0 && outcome.Purges > 0, $"every way to end is expected to come up: {outcome}");
        Assert.Equal(outcome.Connections, outcome.Cuts);
    }

    private static string Written(object? value)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes, new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true })) FrameValue.Write(json, value);
        return Encoding.UTF8.GetString(bytes.WrittenSpan);
    }

    private static object? Read(string json)
    {
        var reader = FrameHead.Reader(Encoding.UTF8.GetBytes(json));
        reader.Read();
        return new ValueReader(new FrameLimits(MaxDepth: 4, MaxValues: 10)).Read(ref reader);
    }

    private static string DataText(DataMap map) => Platform.Host.Plugins.DataJson.Text(map);
}
