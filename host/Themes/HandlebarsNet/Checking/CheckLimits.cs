namespace Platform.Host.Themes.HandlebarsNet.Checking;

/// <summary>The size of what is handed to a compiler; a compiler recurses, this check does not.</summary>
internal static class CheckLimits
{
    public const int Tags = 20_000;
    public const int Nesting = 64;
    public const int Branches = 100;
    public const int SubExpressions = 16;
    public const int Words = 500;
    public const int ProblemsPerFile = 20;
}
