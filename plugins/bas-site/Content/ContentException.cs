namespace BasSite.Content;

/// <summary>A content file is not as it should be.</summary>
/// <param name="line">From 1.</param>
/// <param name="message"><c>key: found; expected. remedy</c></param>
internal sealed class ContentException(int line, string message) : Exception(message)
{
    public int Line { get; } = line;
}
