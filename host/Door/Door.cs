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
    public Task InvokeAsync(HttpContext http)
    {
        // A socket file has no address at its end.
        if (http.Connection.RemoteIpAddress is not { } peer) return ControlAsync(http);
        var generation = generations.Enter();
        Task run;
        try
        {
            var page = Look(http, generation, peer);
            run = pipeline(page);
            if (run.IsCompletedSuccessfully) page.End();
        }
        catch
        {
            generation.Leave();
            throw;
        }

        if (!run.IsCompletedSuccessfully) return LeaveAsync(run, generation);
        generation.Leave();
        return Task.CompletedTask;
    }

    private static async Task LeaveAsync(Task run, Generation generation)
    {
        try
        {
            await run;
        }
        finally
        {
            generation.Leave();
        }
    }

    private async Task ControlAsync(HttpContext http)
    {
        // Who is nobody is let in by nothing but the control socket's mark.
        if (http.Features.Get<ControlConnection>() is null)
        {
            http.Response.StatusCode = StatusCodes.Status403Forbidden;
            return;
        }

        var generation = generations.Enter();
        try
        {
            await control.InvokeAsync(http, generation);
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
        var rawTarget = http.Features.Get<IHttpRequestFeature>()!.RawTarget;
        var target = CanonicalPath.Read(rawTarget, request.Path.Value ?? "/");
        var client = ClientAddress.Find(peer, request.Headers, options.TrustedProxies);
        var isProxied = options.TrustedProxies.Count > 0 && options.TrustedProxies.Contains(peer);
        var method = Known(request.Method);
        var cookie = CookieHeader.Find(request.Headers.Cookie, VisitorCookie.Name);
        var visitor = cookie.IsEmpty ? User.Anonymous : visitors.Read(cookie);

        var page = PageContext.Of(http, generation);
        page.Method = method ?? "-";
        page.RawTarget = rawTarget;
        page.Target = target;
        page.Client = client ?? IPAddress.None;
        page.IsSecure = request.IsHttps || (isProxied && request.Headers["X-Forwarded-Proto"] == "https");
        page.Domain = generation.Routes.FindDomain(HostName(request.Host.Value));
        page.Visitor = visitor;
        page.UserKey = visitor.IsAnonymous ? visitor.Id : RightsStamp.Of(visitor);
        page.Branch = BranchOf(target.Path);
        page.File = page.Branch == Branch.Static ? generation.StaticFiles.Find(target.Path) : null;
        page.Refusal = Refuse(request, method, target, client);
        return page;
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
