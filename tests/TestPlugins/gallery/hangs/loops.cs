/// <summary>Computes for ever.</summary>
public sealed class Loops : Misbehaving
{
    private static long turns;

    protected override ValueTask<PageData?> MisbehaveAsync(RequestParameter request, CancellationToken cancel)
    {
        while (true) turns++;
    }
}
