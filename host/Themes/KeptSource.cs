using Platform.Host.Themes.Files;

namespace Platform.Host.Themes;

/// <summary>A file's newest source and the one in force: the last good one where the newest fails.</summary>
/// <param name="Newest">As it lies on the disk.</param>
/// <param name="Good">The last one without a problem before it, if any.</param>
internal sealed record KeptSource(TemplateSource Newest, TemplateSource? Good)
{
    // Asked only where it decides: a look into the newest would parse it.
    public TemplateSource InForce => Good is not null && (IsRefused || Newest.Problem is not null) ? Good : Newest;

    /// <summary>Set where the newest calls partials or helpers that no theme of it has.</summary>
    public bool IsRefused { get; init; }

    /// <summary>Reads a file anew, or takes over what is known of it.</summary>
    /// <param name="file">As it lies on the disk.</param>
    /// <param name="before">What was known of it.</param>
    /// <param name="isKnown">False where it must be checked again, even if it has not changed.</param>
    /// <param name="read">Makes its source.</param>
    public static KeptSource Take(DiskFile file, KeptSource? before, bool isKnown, Func<DiskFile, TemplateSource> read)
    {
        if (isKnown && before?.Newest.Hash == file.Hash) return before with { IsRefused = false };
        var good = before is null ? null : before.InForce.Problem is null ? before.InForce : before.Good;
        return new(read(file), good);
    }
}
