/// <summary>200 MB of data.</summary>
public sealed class Returns200Mb : Misbehaving
{
    protected override ValueTask<PageData?> MisbehaveAsync(RequestParameter request, CancellationToken cancel)
    {
        var list = new DataList();
        for (var i = 0; i < 200; i++) list.Add(new string((char)('a' + (i % 26)), 512 << 10));
        return new(new PageData { ["gallery"] = list });
    }
}
