using System.Runtime.InteropServices;

/// <summary>Holds itself by a GCHandle that it never frees.</summary>
public sealed class LeaksHandle : Misbehaving
{
    protected override ValueTask<PageData?> MisbehaveAsync(RequestParameter request, CancellationToken cancel)
    {
        if (!IsFirst()) return Answer("again");
        GCHandle.Alloc(this);
        return Answer("held");
    }
}
