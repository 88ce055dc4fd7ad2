namespace Platform.Host.Themes.HandlebarsNet.Checking;

/// <summary>What a tag does, by its first signs.</summary>
internal enum TagKind
{
    Value,
    Unescaped,
    Ampersand,
    Comment,
    Open,
    OpenInverse,
    OpenPartial,
    OpenDecorator,
    Close,
    Else,
    Partial,
    Decorator,
    RawBlock,
    Unclosed,
}

/// <summary>One <c>{{…}}</c>.</summary>
/// <param name="Kind">What it does.</param>
/// <param name="Start">Offset of the first brace.</param>
/// <param name="End">Offset behind the last brace.</param>
/// <param name="Words">What stands in it, signs and braces taken off.</param>
internal sealed record Tag(TagKind Kind, int Start, int End, IReadOnlyList<Word> Words);

internal enum WordKind
{
    Name,
    Text,
    Number,
    Open,
    Close,
    Assign,
    Bar,
    Wrong,
}

/// <summary>One word of a tag: a path, a literal or a sign.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Start">Its offset in the file.</param>
/// <param name="Value">Its text; of a string literal what stands between the quotes.</param>
/// <param name="Length">Its length in the file.</param>
internal readonly record struct Word(WordKind Kind, int Start, string Value, int Length)
{
    public bool Is(WordKind kind) => Kind == kind;
}
