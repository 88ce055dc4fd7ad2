/// <summary>Opens 20,000 files and keeps them open.</summary>
public sealed class OpensFiles : Misbehaving
{
    private static readonly List<FileStream> Kept = [];

    protected override ValueTask<PageData?> MisbehaveAsync(RequestParameter request, CancellationToken cancel)
    {
        var most = Config.Settings["count"] as long? ?? 20_000;
        while (Kept.Count < most) Kept.Add(new("/dev/null", FileMode.Open, FileAccess.Read, FileShare.ReadWrite, 1));
        return Answer("open");
    }
}
