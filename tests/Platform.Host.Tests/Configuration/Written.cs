using System.Text;
using Platform.Host.Configuration;

namespace Platform.Host.Tests.Configuration;

/// <summary>A configuration written in a test.</summary>
internal static class Written
{
    public static IReadOnlyDictionary<string, string> Nothing { get; } = new Dictionary<string, string>();

    public static ConfigurationResult Yaml(string text, params (string Name, string Value)[] environment) =>
        ConfigurationReader.Parse(Encoding.UTF8.GetBytes(text), "/site/config.yaml", environment.ToDictionary(variable => variable.Name, variable => variable.Value), Nothing);

    public static SiteOptions Options(string text, params (string Name, string Value)[] environment)
    {
        var result = Yaml(text, environment);
        Assert.Empty(result.Problems);
        return result.Options!;
    }

    public static string Problem(string text, params (string Name, string Value)[] environment) => Assert.Single(Yaml(text, environment).Problems).ToString();

    /// <summary>The folder of the repository, where the site's own files are.</summary>
    public static string Repository { get; } = Find(AppContext.BaseDirectory);

    private static string Find(string folder) => File.Exists(Path.Combine(folder, "Platform.sln")) ? folder : Find(Path.GetDirectoryName(folder)!);
}
