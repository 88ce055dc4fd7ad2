namespace Platform.Host.Configuration;

/// <summary>Where something was written.</summary>
/// <param name="File">The file's name as problems show it; or <c>environment</c>, <c>command line</c>.</param>
/// <param name="Line">From 1; 0 outside of files.</param>
/// <param name="Column">From 1, in characters; 0 outside of files.</param>
/// <param name="Name">What a problem calls the key where that is not its path in the file: <c>PLATFORM_CACHE__TTL</c>, <c>--urls</c>.</param>
public sealed record Position(string File, int Line, int Column, string? Name = null)
{
    /// <summary>A problem here.</summary>
    public Problem Problem(string message) => new(File, Line, Column, message);
}
