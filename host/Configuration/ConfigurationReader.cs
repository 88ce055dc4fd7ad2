namespace Platform.Host.Configuration;

/// <summary>Reads config.yaml: defaults, then the file, then PLATFORM_ variables of the environment, then the command line's options.</summary>
public static class ConfigurationReader
{
    /// <summary>Reads the file.</summary>
    /// <param name="path">Where config.yaml is; its folder becomes the site root.</param>
    /// <param name="environment">All variables of the environment; those that begin with PLATFORM_ and contain a double underscore count.</param>
    /// <param name="options">The command line's options as given: <c>--urls</c>.</param>
    /// <param name="before">What was read of the same file beside the same variables and options, if anything.</param>
    /// <returns>What it says; <paramref name="before"/> itself where that is without a problem and the file has not changed.</returns>
    public static ConfigurationResult Read(string path, IReadOnlyDictionary<string, string> environment, IReadOnlyDictionary<string, string> options, ConfigurationResult? before = null)
    {
        var (full, problems) = (Path.GetFullPath(path), new List<Problem>());
        var source = SourceText.Load(full, Path.GetFileName(full), DocumentLimits.Configuration, problems);
        return before?.Options is not null && source?.Text == before.Text ? before : Read(source, full, environment, options, problems);
    }

    /// <summary>Reads bytes that were read from the file before, so that what was checked and what is used are the same.</summary>
    public static ConfigurationResult Parse(ReadOnlyMemory<byte> bytes, string path, IReadOnlyDictionary<string, string> environment, IReadOnlyDictionary<string, string> options)
    {
        var (full, problems) = (Path.GetFullPath(path), new List<Problem>());
        return Read(SourceText.From(bytes, Path.GetFileName(full), DocumentLimits.Configuration, problems), full, environment, options, problems);
    }

    private static ConfigurationResult Read(SourceText? source, string path, IReadOnlyDictionary<string, string> environment, IReadOnlyDictionary<string, string> commandLine, List<Problem> problems)
    {
        var name = Path.GetFileName(path);
        var written = source is null ? null : YamlTree.Read(source, DocumentLimits.Configuration, problems);
        if (source is null || written is null) return new() { Problems = problems, Name = name };

        var site = new SectionReader(Overlay.Apply(written, environment, commandLine), "", problems);
        var options = SiteOptions.Read(site, path);
        return new()
        {
            Options = problems.Count == 0 ? options : null,
            // The sort is stable: what the file says stands in its order, the rest behind it.
            Problems = [.. problems.OrderBy(problem => problem.Line == 0 ? int.MaxValue : problem.Line).ThenBy(problem => problem.Column)],
            ApplicationSettings = site.Effective,
            Name = name,
            Text = source.Text,
            Written = written,
        };
    }
}
