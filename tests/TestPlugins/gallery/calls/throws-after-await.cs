/// <summary>Throws behind an await, an exception of its own type.</summary>
public sealed class ThrowsAfterAwait : Misbehaving
{
    protected override async ValueTask<PageData?> MisbehaveAsync(RequestParameter request, CancellationToken cancel)
    {
        await Task.Delay(1, cancel);
        throw new OwnException("thrown later");
    }
}

/// <summary>An exception of the plugin's own.</summary>
public sealed class OwnException(string message) : Exception(message);
