using Platform.Host.Configuration;

namespace Platform.Host.Themes.Files;

/// <summary>One template file as it lies on the disk.</summary>
/// <param name="File">The path from the site root.</param>
/// <param name="Hash">SHA-256 of the bytes; of an unreadable file a word of its own.</param>
/// <param name="Text">The text; null where <paramref name="Problem"/> says why there is none.</param>
/// <param name="Problem">Why it can't be used.</param>
internal sealed record DiskFile(string File, string Hash, string? Text, Problem? Problem);
