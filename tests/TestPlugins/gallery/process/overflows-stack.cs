/// <summary>Calls itself until the stack ends. Ends the process.</summary>
public sealed class OverflowsStack : Misbehaving
{
    protected override ValueTask<PageData?> MisbehaveAsync(RequestParameter request, CancellationToken cancel) => Answer(Down(1).ToString(CultureInfo.InvariantCulture));

    private static int Down(int level) => level == 0 ? 0 : 1 + Down(level + 1) + Down(level + 2);
}
