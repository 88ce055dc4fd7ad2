using Platform.Host.Themes.Checking;
using Platform.Host.Themes.Files;

namespace Platform.Host.Themes;

/// <summary>A file's newest source and the one in force: the last good one where the newest fails.</summary>
/// <param name="Newest">As it lies on the disk.</param>
/// <param name="Good">The last one without a problem before it, if any.</param>
internal sealed record KeptSource(TemplateSource Newest, TemplateSource? Good)
{
    public TemplateSource InForce => Newest.Problem is not null || IsRefused ? Good ?? Newest : Newest;

    /// <summary>Set where the newest names partials that no theme of it has.</summary>
    public bool IsRefused { get; init; }

    public static KeptSource Take(DiskFile file, KeptSource? before)
    {
        if (before?.Newest.Hash == file.Hash) return before with { IsRefused = false };
        var good = before is null ? null : before.InForce.Problem is null ? before.InForce : before.Good;
        var report = file.Problem is null ? TemplateCheck.Of(file.File, file.Text!) : TemplateReport.Refused(file.Problem);
        return new(new TemplateSource(file.File, file.Text ?? "", file.Hash, report), good);
    }
}
