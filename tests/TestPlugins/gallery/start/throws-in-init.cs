/// <summary>Throws in InitAsync, an exception of its own kind.</summary>
public sealed class ThrowsInInit : IPlugin
{
    public string Name => "throws-in-init";

    public async ValueTask InitAsync(PluginConfig config, CancellationToken cancel)
    {
        await Task.Yield();
        throw new OwnException();
    }
}

/// <summary>An exception that fails to say what it is.</summary>
public sealed class OwnException : Exception
{
    public override string Message => throw new InvalidOperationException("not even the message");

    public override string ToString() => throw new InvalidOperationException("nor the text");
}
