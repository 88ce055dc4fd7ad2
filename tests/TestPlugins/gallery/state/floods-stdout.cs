/// <summary>Writes 200 MB to the console (the setting <c>mb</c>), lines that move the cursor among them.</summary>
public sealed class FloodsStdout : Misbehaving
{
    protected override ValueTask<PageData?> MisbehaveAsync(RequestParameter request, CancellationToken cancel)
    {
        var most = (Config.Settings["mb"] as long? ?? 200) << 20;
        var line = string.Concat(Enumerable.Repeat("\u001b[2J\u001b[31mflood\r\n", 1024));
        for (long written = 0; written < most && !cancel.IsCancellationRequested; written += line.Length) Console.Out.Write(line);
        return Answer("flooded");
    }
}
