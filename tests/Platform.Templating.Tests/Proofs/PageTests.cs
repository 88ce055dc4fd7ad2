using System.Buffers;
using System.Text;
using Platform.Bench.Templates.Rendering;

namespace Platform.Templating.Tests.Proofs;

/// <summary>The page of bench/page: what <c>bench/run render-engine</c> measures must be the same page, and cost no memory.</summary>
public class PageTests
{
    private static readonly string Bench = Path.Combine(AppContext.BaseDirectory, "Proofs", "bench");

    private static readonly IReadOnlyList<Peer> All = Peer.All(Bench);

    public static TheoryData<string> Peers => [.. All.Select(peer => peer.Name)];

    [Theory]
    [MemberData(nameof(Peers))]
    public void Page_OfEachPeer_IsTheReference(string name)
    {
        var output = new ArrayBufferWriter<byte>();
        Named(name).Render(Peer.Model(Bench), output);
        Assert.Equal(Encoding.UTF8.GetString(Peer.Expected(Bench)), Encoding.UTF8.GetString(output.WrittenSpan));
    }

    [Fact]
    public void Page_Rendered_AllocatesAtMostOneKilobyte() => Assert.InRange(EngineRun.BytesEach(Named("platform"), Peer.Model(Bench)), 0, 1024);

    private static Peer Named(string name) => All.Single(peer => peer.Name == name);
}
