using System.Net;
using System.Net.Http.Headers;

namespace Platform.Functional.Tests;

/// <summary>Somebody who visits a server: keeps cookies, follows no redirect, takes no compressed body unless asked to.</summary>
public sealed class Visitor(HttpClient client, Uri server, string? host)
{
    private readonly Dictionary<string, string> cookies = new(StringComparer.Ordinal);

    internal Uri Server => server;

    internal string CookieHeader => string.Join("; ", cookies.Select(c => $"{c.Key}={c.Value}"));

    /// <summary>Presents this cookie from now on.</summary>
    internal Visitor WithCookie(string name, string value)
    {
        cookies[name] = value;
        return this;
    }

    internal string? Cookie(string name) => cookies.GetValueOrDefault(name);

    internal Task<Reply> GetAsync(string path, params (string Name, string Value)[] headers) => SendAsync(HttpMethod.Get, path, null, headers);

    internal Task<Reply> PostAsync(string path, params (string Name, string Value)[] form) =>
        SendAsync(HttpMethod.Post, path, new FormUrlEncodedContent(form.Select(f => KeyValuePair.Create(f.Name, f.Value))));

    internal async Task<Reply> SendAsync(HttpMethod method, string path, HttpContent? content = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, new Uri(server, path)) { Content = content };
        if (host is not null) request.Headers.Host = host;
        if (cookies.Count > 0) request.Headers.Add("Cookie", CookieHeader);
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        using var response = await client.SendAsync(request);
        var reply = new Reply(response.StatusCode, All(response), await response.Content.ReadAsByteArrayAsync());
        if (response.Headers.TryGetValues("Set-Cookie", out var set))
        {
            foreach (var cookie in set) Keep(cookie.Split(';')[0]);
        }

        return reply;
    }

    /// <summary>Confirms the notice at /warning.</summary>
    internal async Task<Visitor> ConfirmedAsync()
    {
        var reply = await PostAsync("/warning", ("returnUrl", "/"));
        Assert.Equal(HttpStatusCode.SeeOther, reply.Status);
        return this;
    }

    private static Dictionary<string, string> All(HttpResponseMessage response)
    {
        var all = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var headers in new HttpHeaders[] { response.Headers, response.Content.Headers })
        {
            foreach (var (name, values) in headers.NonValidated) all[name] = values.ToString();
        }

        return all;
    }

    private void Keep(string cookie)
    {
        var equals = cookie.IndexOf('=');
        cookies[cookie[..equals]] = cookie[(equals + 1)..];
    }
}
