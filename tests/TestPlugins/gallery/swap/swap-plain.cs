/// <summary>Answers its version, and no more.</summary>
public sealed class SwapPlain : IPlugin
{
    /// <summary>Replaced in the assembly's bytes, so that every copy is a version of its own.</summary>
    private const string Version = "version-00000000";

    public string Name => "swap";

    public ValueTask<PageData?> DataForAsync(string path, RequestParameter request, CancellationToken cancel) => new(new PageData { ["swap"] = Version });
}
