namespace Platform.Conformance.Cases;

/// <summary>The parts of the specification, in the order they are told.</summary>
internal static class Sections
{
    public const string Parser = "parser";
    public const string Tokenizer = "tokenizer";

    /// <summary>How many cases the pinned specification has beside the tokenizer's; fewer would prove less.</summary>
    public const int Cases = 553;

    /// <summary>How many the tokenizer has.</summary>
    public const int TokenizerCases = 78;

    public static IReadOnlyList<string> All { get; } =
    [
        "basic", "blocks", "builtins", "data", "helpers", Parser, "partials", "regressions", "strict", "string-params", "subexpressions", "track-ids",
        "whitespace-control", Tokenizer,
    ];
}
