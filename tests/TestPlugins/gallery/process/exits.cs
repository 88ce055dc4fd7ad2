/// <summary>Calls Environment.Exit. Ends the process.</summary>
public sealed class Exits : Misbehaving
{
    protected override ValueTask<PageData?> MisbehaveAsync(RequestParameter request, CancellationToken cancel)
    {
        Environment.Exit(3);
        return default;
    }
}
