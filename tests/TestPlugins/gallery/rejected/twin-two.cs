/// <summary>Has the same name as twin-one, and is loaded after it.</summary>
public sealed class TwinTwo : Misbehaving
{
    public override string Name => "twin";

    protected override ValueTask<PageData?> MisbehaveAsync(RequestParameter request, CancellationToken cancel) => Answer("two");
}
