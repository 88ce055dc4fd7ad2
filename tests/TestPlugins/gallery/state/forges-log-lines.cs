/// <summary>Throws a message that looks like lines of the log, and writes such lines to its own log.</summary>
public sealed class ForgesLogLines : Misbehaving
{
    private const string Forged = "harmless\r\n2026-01-01 00:00:00.000 ERR forged: the disk is full\n\u001b[2J\u001b[1;31mforged\u0085forged\u2028forged";

    protected override ValueTask<PageData?> MisbehaveAsync(RequestParameter request, CancellationToken cancel)
    {
        Config.Log.Warning(Forged);
        throw new InvalidOperationException(Forged);
    }
}
