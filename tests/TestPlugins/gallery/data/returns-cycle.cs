/// <summary>Data that hold themselves.</summary>
public sealed class ReturnsCycle : Misbehaving
{
    protected override ValueTask<PageData?> MisbehaveAsync(RequestParameter request, CancellationToken cancel)
    {
        var list = new DataList();
        var map = new DataMap { ["list"] = list };
        list.Add(map);
        return new(new PageData { ["gallery"] = map });
    }
}
