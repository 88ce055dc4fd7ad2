/// <summary>Allocates without end: 8 GB, kept. In the server's process it stops at 1 GB, for the sake of the machine it is shown on.</summary>
public sealed class EatsMemory : Misbehaving
{
    private static readonly List<byte[]> Kept = [];

    protected override ValueTask<PageData?> MisbehaveAsync(RequestParameter request, CancellationToken cancel)
    {
        var most = Config.Settings["mb"] as long? ?? 1024;
        while (Kept.Count < most)
        {
            var part = GC.AllocateUninitializedArray<byte>(1 << 20);
            Array.Fill(part, (byte)1);
            Kept.Add(part);
        }

        return Answer("full");
    }
}
