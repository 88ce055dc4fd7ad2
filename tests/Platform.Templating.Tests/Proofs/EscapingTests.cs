using Platform.Bench.Templates.Escaping;

namespace Platform.Templating.Tests.Proofs;

/// <summary>A short run of <c>bench/run escaping</c>: every seventh line.</summary>
public class EscapingTests
{
    private static readonly IReadOnlyList<string> Lines = [.. XssLines.All.Where((_, i) => i % 7 == 0)];

    public static TheoryData<string> Safe => [.. Position.All.Where(position => position.IsSafe).Select(position => position.Name)];

    public static TheoryData<string> Unsafe => [.. Position.All.Where(position => !position.IsSafe).Select(position => position.Name)];

    [Theory]
    [MemberData(nameof(Safe))]
    public void HostileLine_InASafePosition_StaysText(string name)
    {
        var found = EscapingRun.Check(new OwnEngine(), Named(name), Lines);
        Assert.True(found.Faults == 0 && found.NotRendered is null, $"{name}: {found.Faults} lines became more than text: {found.NotRendered}\n{string.Join('\n', found.Examples)}");
    }

    [Theory]
    [MemberData(nameof(Unsafe))]
    public void PositionThatEscapingCantHelp_IsReported(string name) => Assert.True(OwnEngine.IsReported(Named(name)), $"nothing warns of: {Named(name).Page}");

    [Theory]
    [MemberData(nameof(Safe))]
    public void SafePosition_IsNotReported(string name) => Assert.False(OwnEngine.IsReported(Named(name)), $"a warning without a cause: {Named(name).Page}");

    [Fact]
    public void Reading_SeesWhatBreaksOut()
    {
        var open = Named("attribute, no quotes");
        Assert.True(EscapingRun.Check(new OwnEngine(), open, Lines).Faults > 0, "a reader that finds nothing here finds nothing anywhere");
    }

    private static Position Named(string name) => Position.All.Single(position => position.Name == name);
}
