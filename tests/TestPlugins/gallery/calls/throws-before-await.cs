/// <summary>Throws before it returns a task.</summary>
public sealed class ThrowsBeforeAwait : Misbehaving
{
    protected override ValueTask<PageData?> MisbehaveAsync(RequestParameter request, CancellationToken cancel) => throw new InvalidOperationException("thrown at once");
}
