using System.Net;
using Platform.Host.Caching;
using Platform.Host.Generations;
using Platform.Host.Pipeline;
using Platform.Host.Routing;
using Platform.Host.Security;
using Platform.Host.StaticFiles;
using Platform.Host.Themes;
using Platform.Sdk;

namespace Platform.Host;

/// <summary>One request on its way through the steps, and what they have found out so far.</summary>
public sealed class PageContext
{
    [ThreadStatic]
    private static PageContext? spare;

    private HttpContext http = null!;
    private Generation generation = null!;
    private QueryParameters? query;
    private RouteMatch route;
    private bool isMatched;
    private PageRecord? record;
    private IReadOnlyDictionary<string, string>? cookies;
    private string? requestId;

    /// <summary>The request and response.</summary>
    public HttpContext Http => http;

    /// <summary>The state of the site this request sees from the door to the end.</summary>
    public Generation Generation => generation;

    /// <summary>The HTTP method, in capitals.</summary>
    public string Method { get; internal set; } = "GET";

    /// <summary>Path and query as they were sent.</summary>
    public string RawTarget { get; internal set; } = "";

    /// <summary>The canonical path.</summary>
    public CanonicalPath Target { get; internal set; }

    /// <summary>The canonical path's text.</summary>
    public string Path => Target.Path;

    /// <summary>The visitor's address.</summary>
    public IPAddress Client { get; internal set; } = IPAddress.None;

    /// <summary>True where the visitor's connection is encrypted, here or at a trusted proxy.</summary>
    public bool IsSecure { get; internal set; }

    /// <summary>The domain's entry of routes.json.</summary>
    public DomainRoutes Domain { get; internal set; } = null!;

    /// <summary>Who is asking.</summary>
    public User Visitor { get; internal set; } = User.Anonymous;

    /// <summary>The user's id and state of rights, for keys; <c>-</c> for the anonymous visitor.</summary>
    public string UserKey { get; internal set; } = "-";

    /// <summary>What kind of thing is asked for.</summary>
    public Branch Branch { get; internal set; }

    /// <summary>The static file asked for; null where there is none of that name.</summary>
    public StaticFile? File { get; internal set; }

    /// <summary>Why the door lets the request no further; null where it does.</summary>
    public Refusal? Refusal { get; internal set; }

    /// <summary>True for GET and HEAD.</summary>
    public bool IsRead => Method is "GET" or "HEAD";

    /// <summary>Set by step 4: the theme.</summary>
    public Theme? Theme { get; set; }

    /// <summary>Set by step 5: what the page is made of.</summary>
    public PageSource? Source { get; set; }

    /// <summary>Set by step 3 for a page it would store: where it goes.</summary>
    public CacheSlot? Slot { get; set; }

    /// <summary>Set by step 6: what every page knows.</summary>
    public ContextData? Data { get; set; }

    /// <summary>Set where a template is rendered: what that leaves behind.</summary>
    public RenderNotes? Notes { get; set; }

    /// <summary>What is recorded while the page is made.</summary>
    public PageRecord Record => record ??= new();

    /// <summary>Set by step 3: the page as it was, which is shown where it can't be made anew; null where there is none.</summary>
    public CachedPage? Stale { get; set; }

    /// <summary>True where a plugin failed: the page is shown without its data and not stored.</summary>
    public bool IsDegraded { get; set; }

    /// <summary>Headers that plugins in the chain add to the page, and that are stored with it.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> AddedHeaders { get; private set; } = [];

    /// <summary>The outcome of the cache as RFC 9211 has it; empty where it was not asked.</summary>
    public string CacheStatus { get; set; } = "";

    /// <summary>Bytes of the body.</summary>
    public long BytesSent { get; set; }

    /// <summary>The id of this request, in the log and in the header X-Request-Id.</summary>
    public string RequestId => requestId ??= http.TraceIdentifier;

    /// <summary>The query a page may see: without ignored parameters, and where the route names its own, those only. The cache key holds the same.</summary>
    public QueryParameters Query => query ??= ReadQuery();

    /// <summary>The cookies, without the one that says who the visitor is; of a repeated name the first value.</summary>
    public IReadOnlyDictionary<string, string> Cookies => cookies ??= CookieHeader.All(http.Request.Headers.Cookie, VisitorCookie.Name);

    /// <summary>The configured route of this method and path, looked up once.</summary>
    public RouteMatch Route
    {
        get
        {
            if (!isMatched) (route, isMatched) = (Domain.Match(Method, Path), true);
            return route;
        }
    }

    /// <summary>True where the whole answer was a stored page or a file in memory.</summary>
    public bool IsHit { get; set; }

    /// <summary>The context of a request that begins.</summary>
    internal static PageContext Of(HttpContext http, Generation generation)
    {
        var page = spare ?? new();
        spare = null;
        (page.http, page.generation) = (http, generation);
        return page;
    }

    /// <summary>
    /// Called when the request has ended on the thread it began on. A page from the store met neither plugin nor template,
    /// so nobody holds its context any longer: the next request of this thread gets it.
    /// </summary>
    internal void End()
    {
        if (!IsHit || record is not null) return;
        Clear();
        spare = this;
    }

    /// <summary>Makes it as new.</summary>
    internal void Clear()
    {
        (http, generation, query, cookies, requestId, record, route, isMatched) = (null!, null!, null, null, null, null, default, false);
        (Method, RawTarget, Target, Client, IsSecure, Domain, Visitor, UserKey) = ("GET", "", default, IPAddress.None, false, null!, User.Anonymous, "-");
        (Branch, File, Refusal, Theme, Source, Slot, Data, Notes) = (default, null, null, null, null, null, null, null);
        (Stale, IsDegraded, AddedHeaders, CacheStatus, BytesSent, IsHit) = (null, false, [], "", 0, false);
    }

    /// <summary>Adds a header to the page.</summary>
    public void AddHeader(string name, string value) => AddedHeaders = [.. AddedHeaders, new(name, value)];

    private QueryParameters ReadQuery()
    {
        if (Target.Query.Length == 0) return QueryParameters.None;
        var all = QueryParameters.Read(Target.Query) ?? QueryParameters.None;
        if (Branch != Branch.Page || !IsRead) return all;
        if (Route.Route?.Cache.VaryQuery is { } named) return all.Only(named);
        return all.Without(generation.Options.Cache.IgnoreQuery);
    }
}
