/// <summary>Waits, blocking, for an answer that can only come once it has returned.</summary>
public sealed class WaitsForItself : Misbehaving
{
    protected override ValueTask<PageData?> MisbehaveAsync(RequestParameter request, CancellationToken cancel)
    {
        var never = new TaskCompletionSource<PageData?>();
        var answer = never.Task.GetAwaiter().GetResult();
        never.SetResult(answer);
        return new(answer);
    }
}
