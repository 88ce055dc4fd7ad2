using System.Net;
using System.Text;
using System.Text.Json;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace Platform.Functional.Tests;

/// <summary>A response, read to its end.</summary>
/// <param name="Status">The status code.</param>
/// <param name="Headers">All headers, those of the content too; repeated ones joined.</param>
/// <param name="Body">The body as sent.</param>
public sealed record Reply(HttpStatusCode Status, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    internal int Code => (int)Status;

    internal string Text => Encoding.UTF8.GetString(Body);

    internal string? Location => Header("Location");

    internal string CacheStatus => Header("Cache-Status") ?? "";

    internal bool IsHit => CacheStatus.StartsWith("platform; hit", StringComparison.Ordinal);

    internal IHtmlDocument Document => new HtmlParser().ParseDocument(Text);

    internal JsonElement Json => JsonDocument.Parse(Body).RootElement;

    internal string? Header(string name) => Headers.GetValueOrDefault(name);

    /// <summary>The text of the element with this id.</summary>
    internal string Shown(string id) => Document.GetElementById(id)?.TextContent ?? throw new InvalidOperationException($"The page has no element #{id}: {this}");

    public override string ToString() => $"{Code} [{CacheStatus}] {Text[..Math.Min(Text.Length, 600)]}";
}
