using System.Net;
using Microsoft.AspNetCore.Http.Features;
using Platform.Host.Api;
using Platform.Host.Generations;
using Platform.Host.Security;
using Platform.Sdk;

namespace Platform.Host;

/// <summary>
/// In front of step 1: who is asking for what, found once. Method, canonical path, host, client address, visitor and the
/// state of the site; every step uses only this.
/// </summary>
public sealed class Door(GenerationStore generations, VisitorCookie visitors, PageDelegate pipeline, ControlHandler control)
{
    private static readonly string[] Methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

    /// <summary>Takes a request through the pipeline; the state of the site it saw is held until it ends.</summary>
    public async Task InvokeAsync(HttpContext http)
    {
        var generation = generations.Enter();
        try
        {
            // A socket file has no address at its end; who is nobody is let in by nothing but the control socket's mark.
            if (http.Connection.RemoteIpAddress is { } peer) await pipeline(Look(http, generation, peer));
            else if (http.Features.Get<ControlConnection>() is not null) await control.InvokeAsync(http, generation);
            else http.Response.StatusCode = StatusCodes.Status403Forbidden;
        }
        finally
        {
            generation.Leave();
        }
    }

    private PageContext Look(HttpContext http, Generation generation, IPAddress peer)
    {
        var request = http.Request;
        var options = generation.Options.Server;
        var target = CanonicalPath.Read(http.Features.Get<IHttpRequestFeature>()!.RawTarget, request.Path.Value ?? "/");
        var client = ClientAddress.Find(peer, request.Headers, options.TrustedProxies);
        var isProxied = options.TrustedProxies.Count > 0 && options.TrustedProxies.Contains(peer);
        var method = Known(request.Method);
        var cookie = CookieHeader.Find(request.Headers.Cookie, VisitorCookie.Name);
        var visitor = cookie.IsEmpty ? User.Anonymous : visitors.Read(cookie);
        var branch = BranchOf(target.Path);

        return new PageContext(http, generation)
        {
            Method = method ?? "-",
            Target = target,
            Client = client ?? IPAddress.None,
            IsSecure = request.IsHttps || (isProxied && request.Headers["X-Forwarded-Proto"] == "https"),
            Domain = generation.Routes.FindDomain(HostName(request.Host.Value)),
            Visitor = visitor,
            UserKey = visitor.IsAnonymous ? visitor.Id : RightsStamp.Of(visitor),
            Branch = branch,
            File = branch == Branch.Static ? generation.StaticFiles.Find(target.Path) : null,
            Refusal = Refuse(request, method, target, client),
        };
    }

    private static string? Known(string method)
    {
        foreach (var known in Methods)
        {
            if (known == method) return known;
        }

        return null;
    }

    private static Refusal? Refuse(HttpRequest request, string? method, CanonicalPath target, IPAddress? client)
    {
        if (method is null) return new(StatusCodes.Status501NotImplemented, $"the method is unknown here; expected one of {string.Join(", ", Methods)}");
        if (target.Complaint is { } complaint) return new(StatusCodes.Status400BadRequest, $"the path can't be read: {complaint}");
        if (client is null) return new(StatusCodes.Status400BadRequest, "a proxy forwards an X-Forwarded-For that is not a list of addresses");
        if (request.Headers.TransferEncoding.Count > 0 && HttpProtocol.IsHttp10(request.Protocol)) return new(StatusCodes.Status400BadRequest, "HTTP/1.0 has no transfer encoding");
        if (target.Query.Length > 0 && QueryParameters.Read(target.Query) is null) return new(StatusCodes.Status400BadRequest, "the query has more than 256 parameters");
        if (target.MovedTo is { } location) return new(method is "GET" or "HEAD" ? StatusCodes.Status301MovedPermanently : StatusCodes.Status308PermanentRedirect, "the canonical path is another one", location);
        return null;
    }

    private static Branch BranchOf(string path)
    {
        if (path.Length < 4) return Branch.Page;
        return path[1] switch
        {
            'r' when path.StartsWith("/resources/", StringComparison.Ordinal) || path == "/robots.txt" => Branch.Static,
            't' when path.StartsWith("/themes/", StringComparison.Ordinal) => Branch.Static,
            'p' when path.StartsWith("/plugins/", StringComparison.Ordinal) => Branch.Static,
            'f' when path == "/favicon.ico" => Branch.Static,
            'a' when path.StartsWith("/api/", StringComparison.Ordinal) || path == "/api" => Branch.Api,
            'h' when path == "/health" => Branch.Health,
            _ => Branch.Page,
        };
    }

    /// <summary>The host without port and trailing dot.</summary>
    private static ReadOnlySpan<char> HostName(string? host)
    {
        var name = host.AsSpan();
        var colon = name.LastIndexOf(':');
        if (colon >= 0 && name.LastIndexOf(']') < colon) name = name[..colon];
        return name.TrimEnd('.');
    }
}
