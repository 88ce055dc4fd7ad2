using Platform.Host.Plugins;
using Platform.Sdk;

namespace Platform.Host.Tests.Plugins;

/// <summary>What an answer may say beside its data, wherever the plugin runs.</summary>
public sealed class AnswerLimitsTests
{
    private static readonly string[] Many = [.. Enumerable.Range(0, AnswerLimits.Tags + 1).Select(n => $"{n}")];
    private static readonly Dictionary<string, string> ManyHeaders = Enumerable.Range(0, AnswerLimits.Headers + 1).ToDictionary(n => $"X-{n}", n => "v");

    public static TheoryData<Action, string> TooMuch => new()
    {
        { () => AnswerLimits.Check(new PageData { Tags = Many }), "Tags holds 1001 texts; expected at most 1000." },
        { () => AnswerLimits.Check(new PageData { Tags = [new('t', 1025)] }), "one of Tags is 1025 characters long; expected at most 1024." },
        { () => AnswerLimits.Check(new PageData { Files = Many }), "Files holds 1001 texts" },
        { () => AnswerLimits.Check(new PageData { Template = new('t', 1025) }), "Template is 1025 characters long" },
        { () => AnswerLimits.Check(new PageData { Headers = ManyHeaders }), "The answer has 101 headers; expected at most 100." },
        { () => AnswerLimits.Check(ApiResult.Ok(1, headers: ManyHeaders)), "The answer has 101 headers" },
        { () => AnswerLimits.Check(ApiResult.Fail(400, "c", new('m', AnswerLimits.Text + 1))), "the message is 4194305 characters long" },
        { () => AnswerLimits.Check(MiddlewareResult.Answer(200, "", new('t', 257))), "the content type is 257 characters long; expected at most 256." },
        { () => AnswerLimits.Check(MiddlewareResult.Continue(ManyHeaders)), "The answer has 101 headers" },
    };

    [Theory]
    [MemberData(nameof(TooMuch))]
    public void Answer_ThatSaysTooMuch_IsRefusedWithWhatWasFoundAndExpected(Action check, string message) =>
        Assert.StartsWith(message, Assert.Throws<InvalidOperationException>(check).Message, StringComparison.Ordinal);

    [Fact]
    public void Answer_AtTheLimits_IsTaken() =>
        AnswerLimits.Check(new PageData { Tags = Many[1..], Files = Many[1..], Template = new('t', 1024), Headers = ManyHeaders.Skip(1).ToDictionary() });
}
