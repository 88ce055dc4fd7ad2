namespace Platform.Sdk;

/// <summary>A request as a plugin sees it: a snapshot that stays true after the request has ended.</summary>
/// <remarks>
/// Reading decides caching: a page is kept once for each value of what was read to make it, for example of the query key <c>tag</c>, and
/// for everybody where nothing was. <see cref="ClientAddress"/>, <see cref="Body"/>, <see cref="RequestId"/> and all headers at
/// once belong to one request: a page made after reading one of them is not stored. Ignored query keys (<c>cache.ignore_query</c>) are not shown to a page.
/// </remarks>
public sealed class RequestParameter
{
    private RequestReads reads = new();
    private readonly IReadOnlyDictionary<string, string> query = Empty;
    private readonly IReadOnlyDictionary<string, string> headers = Empty;
    private readonly IReadOnlyDictionary<string, string> cookies = Empty;
    private readonly ReadOnlyMemory<byte> body;
    private readonly string clientAddress = "";
    private readonly string requestId = "";
    private readonly string urlPath = "/";
    private readonly string path = "/";
    private readonly IReadOnlyDictionary<string, string> routeValues = Empty;
    private readonly User user = User.Anonymous;

    private static IReadOnlyDictionary<string, string> Empty { get; } = new Dictionary<string, string>();

    /// <summary>For an API call the first segment behind <c>/api/</c>; else empty.</summary>
    public string App { get; init; } = "";

    /// <summary>For an API call the second segment behind <c>/api/</c>; else empty.</summary>
    public string Module { get; init; } = "";

    /// <summary>For an API call the third segment behind <c>/api/</c>; else empty.</summary>
    public string Method { get; init; } = "";

    /// <summary>The HTTP method in capitals, for example <c>GET</c>.</summary>
    public string HttpMethod { get; init; } = "GET";

    /// <summary>The handler name of a configured route; otherwise the same as <see cref="UrlPath"/>.</summary>
    public string Path { get => Read(RequestPart.Path, path); init => path = value; }

    /// <summary>The path of the URL: decoded once, canonical, with a leading and without a trailing slash.</summary>
    public string UrlPath { get => Read(RequestPart.Path, urlPath); init => urlPath = value; }

    /// <summary>The values captured by the route's pattern: <c>id</c> of <c>/content/{id}</c>.</summary>
    public IReadOnlyDictionary<string, string> RouteValues { get => Read(RequestPart.Path, routeValues); init => routeValues = value; }

    /// <summary>The query, decoded; of a repeated key the last value.</summary>
    public IReadOnlyDictionary<string, string> Query { get => new ReadValues(query, reads, RequestPart.Query); init => query = value; }

    /// <summary>The headers; names ignore case, repeated ones are joined with a comma.</summary>
    public IReadOnlyDictionary<string, string> Headers { get => new ReadValues(headers, reads, RequestPart.Headers); init => headers = value; }

    /// <summary>The cookies; of a repeated name the first value.</summary>
    public IReadOnlyDictionary<string, string> Cookies { get => new ReadValues(cookies, reads, RequestPart.Cookies); init => cookies = value; }

    /// <summary>The body, at most <c>server.max_body_kb</c>; empty where there is none.</summary>
    public ReadOnlyMemory<byte> Body { get => Read(RequestPart.Body, body); init => body = value; }

    /// <summary>The visitor's address as text, behind trusted proxies the forwarded one.</summary>
    public string ClientAddress { get => Read(RequestPart.ClientAddress, clientAddress); init => clientAddress = value; }

    /// <summary>Who is asking; the anonymous visitor where nobody has signed in.</summary>
    public User User { get => Read(RequestPart.User, user); init => user = value; }

    /// <summary>The id of this request; the same as in the response header <c>X-Request-Id</c> and in the log.</summary>
    public string RequestId { get => Read(RequestPart.RequestId, requestId); init => requestId = value; }

    /// <summary>The theme of the page.</summary>
    public string Theme { get; init; } = "";

    /// <summary>The domain entry of routes.json the request fell under, for example <c>localhost</c> or <c>*.example.com</c>; empty for none.</summary>
    public string Tenant { get; init; } = "";

    /// <summary>What has been read of this request through this object; kept for the host.</summary>
    public RequestReads Reads => reads;

    /// <summary>The same request with nothing read yet; the host hands each call its own.</summary>
    public RequestParameter Fresh()
    {
        var copy = (RequestParameter)MemberwiseClone();
        copy.reads = new();
        return copy;
    }

    private T Read<T>(RequestPart part, T value)
    {
        reads.Add(part);
        return value;
    }
}

/// <summary>The parts of a request on which an answer can depend.</summary>
[Flags]
public enum RequestPart
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>The path, the handler name or the route's values.</summary>
    Path = 1,

    /// <summary>The query.</summary>
    Query = 2,

    /// <summary>The headers.</summary>
    Headers = 4,

    /// <summary>The body.</summary>
    Body = 8,

    /// <summary>The client's address.</summary>
    ClientAddress = 16,

    /// <summary>The user.</summary>
    User = 32,

    /// <summary>The request's id.</summary>
    RequestId = 64,

    /// <summary>The cookies.</summary>
    Cookies = 128,
}
