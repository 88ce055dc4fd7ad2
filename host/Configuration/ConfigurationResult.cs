using Platform.Sdk;

namespace Platform.Host.Configuration;

/// <summary>What reading config.yaml gave: the options where nothing was wrong, else every problem.</summary>
public sealed record ConfigurationResult
{
    /// <summary>The checked options; null where there are problems.</summary>
    public SiteOptions? Options { get; init; }

    /// <summary>All that is wrong, in the order of the file; empty where nothing is.</summary>
    public required IReadOnlyList<Problem> Problems { get; init; }

    /// <summary>The values in force as plugins may see them: defaults included, secrets and the settings of plugins left out.</summary>
    public DataMap ApplicationSettings { get; init; } = new();

    /// <summary>The file's name as problems show it.</summary>
    public required string Name { get; init; }

    /// <summary>The file's text; empty where it could not be read.</summary>
    public string Text { get; init; } = "";

    /// <summary>The file as written, without environment and options; null where it could not be read.</summary>
    public Node? Written { get; init; }
}
