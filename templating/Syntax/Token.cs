namespace Platform.Templating.Syntax;

/// <summary>The terminals of the Handlebars grammar.</summary>
internal enum TokenKind
{
    Content,
    Comment,
    OpenRawBlock,
    CloseRawBlock,
    EndRawBlock,
    OpenBlock,
    OpenEndBlock,
    Inverse,
    OpenInverse,
    OpenInverseChain,
    OpenUnescaped,
    CloseUnescaped,
    Open,
    Close,
    OpenPartial,
    OpenPartialBlock,
    OpenSexpr,
    CloseSexpr,
    Id,
    Equals,
    Sep,
    Data,
    String,
    Number,
    Boolean,
    Undefined,
    Null,
    OpenBlockParams,
    CloseBlockParams,
    Invalid,
    End,
}

/// <summary>A terminal and where it stands.</summary>
/// <param name="Kind">Which.</param>
/// <param name="Start">The offset of its first letter.</param>
/// <param name="End">The offset behind its last letter.</param>
/// <param name="Value">Its text: of a string or a segment in brackets without escapes, of text without the backslash before a tag.</param>
internal readonly record struct Token(TokenKind Kind, int Start, int End, string Value);
