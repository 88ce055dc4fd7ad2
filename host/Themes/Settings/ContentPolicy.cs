using System.Diagnostics.CodeAnalysis;
using Platform.Host.Configuration;

namespace Platform.Host.Themes.Settings;

/// <summary>A theme's Content-Security-Policy. A browser ignores what it can't read, and protects nothing then; so what it would ignore is refused here.</summary>
public sealed class ContentPolicy
{
    private const string Placeholder = "{nonce}";
    private const int MaxLength = 4096;

    private static readonly string[] Directives =
    [
        "default-src", "script-src", "script-src-elem", "script-src-attr", "style-src", "style-src-elem", "style-src-attr", "img-src", "font-src", "connect-src",
        "media-src", "object-src", "frame-src", "child-src", "worker-src", "manifest-src", "form-action", "frame-ancestors", "base-uri", "sandbox",
        "report-uri", "report-to", "upgrade-insecure-requests", "require-trusted-types-for", "trusted-types",
    ];

    private static readonly string[] Keywords = ["self", "none", "unsafe-inline", "unsafe-eval", "unsafe-hashes", "strict-dynamic", "wasm-unsafe-eval", "report-sample"];

    private readonly string withoutNonce;

    private ContentPolicy(string text)
    {
        Text = text;
        HasNonce = text.Contains(Placeholder, StringComparison.Ordinal);
        withoutNonce = text.Replace(" " + Placeholder, "", StringComparison.Ordinal);
    }

    /// <summary>As written, with <c>{nonce}</c> where the nonce of a response goes.</summary>
    public string Text { get; }

    /// <summary>True where the policy has a place for a nonce.</summary>
    public bool HasNonce { get; }

    /// <summary>The header's value for a response.</summary>
    /// <param name="nonce">The response's nonce; null where the page has none: the policy then lets none in.</param>
    public string For(string? nonce) => nonce is null ? withoutNonce : Text.Replace(Placeholder, $"'nonce-{nonce}'", StringComparison.Ordinal);

    /// <inheritdoc/>
    public override string ToString() => Text;

    /// <summary>Reads a policy; see <see cref="TryParse{T}"/>.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out ContentPolicy? value, [NotNullWhen(false)] out string? complaint)
    {
        complaint = Complaint(text);
        value = complaint is null ? new(string.Join("; ", text.Split(';').Select(Tidy).Where(directive => directive.Length > 0))) : null;
        return complaint is null;
    }

    private static string? Complaint(string text)
    {
        if (text.Length > MaxLength) return $"{text.Length:N0} characters; expected at most {MaxLength:N0}. Shorten the lists.";
        if (text.Any(c => c is < ' ' or > '~')) return $"{Quoted.Text(text)}; expected printable ASCII characters in one line. Write other host names in their ASCII form.";
        if (text.Contains(',', StringComparison.Ordinal)) return $"{Quoted.Text(text)} holds a comma, which ends a policy. Put spaces between sources and ; between directives.";
        var directives = text.Split(';').Select(Tidy).Where(directive => directive.Length > 0).Select(directive => directive.Split(' ')).ToList();
        if (directives.Count == 0) return "empty; expected directives such as default-src 'self'. Leave the key out for no policy.";
        return directives.Select(Complaint).FirstOrDefault(complaint => complaint is not null)
            ?? (directives.GroupBy(words => words[0]).FirstOrDefault(same => same.Count() > 1) is { Key: var twice } ? $"{Quoted.Text(twice)} twice; a browser takes the first only. Join the two." : null);
    }

    private static string? Complaint(string[] words)
    {
        if (!Directives.Contains(words[0]))
        {
            return $"{Quoted.Text(words[0])}; expected a directive such as default-src or script-src.{(Nearest.Of(words[0], Directives) is { } near ? $" Did you mean \"{near}\"?" : " Correct the name.")}";
        }

        foreach (var word in words.Skip(1))
        {
            if (Keywords.Contains(word)) return $"{Quoted.Text(word)} in {words[0]} is a host of that name. Write '{word}' with its single quotes.";
            if (word != Placeholder && word.AsSpan().IndexOfAny('{', '}') >= 0) return $"{Quoted.Text(word)} in {words[0]}; expected {Placeholder}, the only placeholder there is.";
        }

        return null;
    }

    private static string Tidy(string directive) => string.Join(' ', directive.Split(' ', StringSplitOptions.RemoveEmptyEntries));
}
