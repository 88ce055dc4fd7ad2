/// <summary>Data 10,000 levels deep.</summary>
public sealed class ReturnsDepth : Misbehaving
{
    protected override ValueTask<PageData?> MisbehaveAsync(RequestParameter request, CancellationToken cancel)
    {
        object deepest = "the bottom";
        for (var level = 0; level < 10_000; level++) deepest = new DataMap { ["below"] = deepest };
        return new(new PageData { ["gallery"] = deepest });
    }
}
