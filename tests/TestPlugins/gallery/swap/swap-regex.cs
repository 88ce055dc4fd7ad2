using System.Text.RegularExpressions;

/// <summary>Uses Regex and exceptions of its own.</summary>
public sealed class SwapRegex : IPlugin
{
    /// <summary>Replaced in the assembly's bytes, so that every copy is a version of its own.</summary>
    private const string Version = "version-00000000";

    public string Name => "swap";

    public ValueTask<PageData?> DataForAsync(string path, RequestParameter request, CancellationToken cancel)
    {
        try
        {
            throw new OwnException(Regex.Match($"it is {Version}!", "version-(?<number>[0-9]+)").Value);
        }
        catch (OwnException exception)
        {
            return new(new PageData { ["swap"] = exception.Message });
        }
    }

    private sealed class OwnException(string message) : Exception(message);
}
