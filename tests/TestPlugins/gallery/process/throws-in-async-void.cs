/// <summary>Throws in an async void method. Ends the process.</summary>
public sealed class ThrowsInAsyncVoid : Misbehaving
{
    protected override ValueTask<PageData?> MisbehaveAsync(RequestParameter request, CancellationToken cancel)
    {
        Forgotten();
        return Answer("forgot to await");
    }

    private static async void Forgotten()
    {
        await Task.Yield();
        throw new InvalidOperationException("thrown in async void");
    }
}
