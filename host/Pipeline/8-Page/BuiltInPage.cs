using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace Platform.Host.Pipeline;

/// <summary>The server's own pages, for where no theme has one. They can't fail; their policy lets in the one style they have and nothing else.</summary>
internal static class BuiltInPage
{
    private const string Style = """

        body { font: 1.05rem/1.6 system-ui, sans-serif; max-width: 42rem; margin: 12vh auto 2rem; padding: 0 1.5rem; color: #1d2430; background: #fbfaf7 }
        body:has(.source) { max-width: 64rem; margin-top: 6vh }
        h1 { font-size: 1.6rem; line-height: 1.2; margin: 0 0 .5rem } h2 { font-size: 1.1rem; margin: 2rem 0 .5rem } p { margin: 0 0 1rem }
        code, pre { font: .9rem/1.5 ui-monospace, "DejaVu Sans Mono", monospace } .place { color: #5b6472; overflow-wrap: anywhere } .message { font-size: 1.15rem }
        pre { overflow-x: auto; margin: 0; padding: 1rem; background: #f0ede5; border-radius: .4rem } .source b { color: #b3261e; font-weight: 600 } .source i { color: #9aa0a8; font-style: normal }
        ol { padding-left: 1.4rem; margin: 0 } ol pre { margin: .2rem 0 .8rem; padding: .5rem 1rem } dl { columns: 18rem; margin: 0 } dl div { break-inside: avoid } dt, dd { display: inline; margin: 0 } dd { color: #5b6472 }
        small { color: #5b6472 } button { font: inherit; padding: .5rem 1rem }
        @media (prefers-color-scheme: dark) { body { color: #e6e8ec; background: #14171d } pre { background: #1f242d } small, .place, dd { color: #a3abb8 } .source b { color: #ff8a80 } .source i { color: #6d7583 } }

        """;

    /// <summary>What these pages may load.</summary>
    public static string Policy { get; } = $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)))}'; form-action 'self'; base-uri 'none'; frame-ancestors 'self'";

    /// <summary>A text as HTML.</summary>
    public static string Html(string text) => WebUtility.HtmlEncode(text);

    /// <summary>A page.</summary>
    /// <param name="title">Text.</param>
    /// <param name="content">HTML.</param>
    public static byte[] Of(string title, string content) => Encoding.UTF8.GetBytes($"""
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="robots" content="noindex">
        <title>{Html(title)}</title>
        <style>{Style}</style>
        </head>
        <body>
        <main>
        <h1>{Html(title)}</h1>
        {content}
        </main>
        </body>
        </html>

        """);

    /// <summary>The page of a status.</summary>
    public static byte[] Of(PageContext page, int status, string detail) => Of(StatusText.Of(status), $"""
        <p>{Html(detail)}</p>
        {Foot(page, status)}
        """);

    /// <summary>What stands at the end: the status, and the id by which the log knows the request.</summary>
    public static string Foot(PageContext page, int status) => $"<p><small>Status {status} · request {Html(page.RequestId)}</small></p>";
}
