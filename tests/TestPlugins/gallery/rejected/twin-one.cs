/// <summary>Has the same name as twin-two.</summary>
public sealed class TwinOne : Misbehaving
{
    public override string Name => "twin";

    protected override ValueTask<PageData?> MisbehaveAsync(RequestParameter request, CancellationToken cancel) => Answer("one");
}
