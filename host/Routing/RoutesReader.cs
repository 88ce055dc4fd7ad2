using Platform.Host.Configuration;

namespace Platform.Host.Routing;

/// <summary>What reading routes.json gave: the table where nothing was wrong, else every problem.</summary>
public sealed record RoutesResult(RouteTable? Table, IReadOnlyList<Problem> Problems);

/// <summary>Reads routes.json.</summary>
public static class RoutesReader
{
    /// <summary>Reads the file.</summary>
    public static RoutesResult Read(string path)
    {
        var problems = new List<Problem>();
        return Read(SourceText.Load(Path.GetFullPath(path), Path.GetFileName(path), DocumentLimits.Routes, problems), problems);
    }

    /// <summary>Reads bytes that were read from the file before.</summary>
    public static RoutesResult Parse(ReadOnlyMemory<byte> bytes, string name)
    {
        var problems = new List<Problem>();
        return Read(SourceText.From(bytes, name, DocumentLimits.Routes, problems), problems);
    }

    private static RoutesResult Read(SourceText? source, List<Problem> problems)
    {
        var root = source is null ? null : JsonTree.Read(source, DocumentLimits.Routes, problems);
        if (root is null) return new(null, problems);
        var definition = Definition(new(root, "", problems));
        var table = RouteTable.Build(definition, problems);
        return new(problems.Count == 0 ? table : null, [.. problems.OrderBy(problem => problem.Line).ThenBy(problem => problem.Column)]);
    }

    private static RoutesDefinition Definition(SectionReader file)
    {
        var theme = file.Value("default_theme", new RoutesDefinition().DefaultTheme, Names.TryParseTheme);
        var definition = new RoutesDefinition
        {
            DefaultTheme = theme,
            Domains = [.. file.Sections("domains").Select(section => Domain(section, theme)).OfType<DomainDefinition>()],
            StaticRoutes = Routes(file, "static_routes"),
        };
        file.Close();
        return definition;
    }

    private static DomainDefinition? Domain(SectionReader section, string theme)
    {
        section.Require("domain", "a host such as www.example.com, an address, or *.example.com");
        var name = section.Optional<string>("domain", DomainName.TryParse);
        var domain = new DomainDefinition
        {
            Domain = name ?? "",
            Theme = section.Value("theme", theme, Names.TryParseTheme),
            Routes = Routes(section, "routes"),
            At = section.At("domain"),
        };
        section.Close();
        return name is null ? null : domain;
    }

    private static IReadOnlyList<RouteDefinition> Routes(SectionReader section, string key) => [.. section.Sections(key).Select(RouteReader.Read).OfType<RouteDefinition>()];
}
