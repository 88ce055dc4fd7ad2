using System.Runtime.InteropServices;

/// <summary>Holds itself by a GCHandle that it never frees.</summary>
public sealed class LeaksHandle : Misbehaving
{
    protected override ValueTask<PageData?> MisbehaveAsync(RequestParameter request, CancellationToken cancel)
    {
        GCHandle.Alloc(this);
        return Answer("held");
    }
}
