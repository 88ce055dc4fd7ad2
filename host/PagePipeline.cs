using Platform.Host.Api;
using Platform.Host.Pipeline;
using Platform.Host.StaticFiles;
using Platform.Sdk;

namespace Platform.Host;

/// <summary>The chain, in the order a request walks it. This is the only place where the order stands.</summary>
public sealed class PagePipeline(
    Func<PageDelegate, LoggingMiddleware> logging,
    Func<PageDelegate, IpAccessMiddleware> ipAccess,
    Func<PageDelegate, MiddlewareSlot, PluginMiddleware> plugins,
    Func<PageDelegate, CacheMiddleware> cache,
    Func<PageDelegate, ThemeMiddleware> theme,
    Func<PageDelegate, RouteMiddleware> route,
    Func<PageDelegate, ContextDataMiddleware> contextData,
    Func<PageDelegate, AuthMiddleware> auth,
    PageHandler page,
    StaticFileHandler files,
    HealthHandler health,
    ApiHandler api)
{
    /// <summary>Builds it.</summary>
    public PageDelegate Build()
    {
        PageDelegate pages = new Chain()
            .Then(next => plugins(next, MiddlewareSlot.BeforeCache).InvokeAsync)  // plugins that must see every request for a page
            .Then(next => cache(next).InvokeAsync)        // 3: a stored page needs nothing of what follows; its key is known from the door
            .Then(next => theme(next).InvokeAsync)        // 4: which templates there are depends on it
            .Then(next => route(next).InvokeAsync)        // 5: what the page is made of; a redirect or 405 needs no data
            .Then(next => contextData(next).InvokeAsync)  // 6: what every page knows, error pages too
            .Then(next => auth(next).InvokeAsync)         // 7: the route says who may see it
            .Then(next => plugins(next, MiddlewareSlot.BeforePage).InvokeAsync)   // plugins that look at pages which are made now
            .End(page.InvokeAsync);                       // 8: its own data, rendering, storing, writing

        PageDelegate calls = new Chain().Then(next => auth(next).InvokeAsync).End(api.InvokeAsync);

        return new Chain()
            .Then(next => logging(next).InvokeAsync)      // 1: nothing happens without a line
            .Then(next => ipAccess(next).InvokeAsync)     // 2: who may not come in costs nothing more
            .End(context => context.Branch switch
            {
                Branch.Static => files.InvokeAsync(context),
                Branch.Health => health.InvokeAsync(context),
                Branch.Api => calls(context),
                _ => pages(context),
            });
    }

    private sealed class Chain
    {
        private readonly List<Func<PageDelegate, PageDelegate>> steps = [];

        public Chain Then(Func<PageDelegate, PageDelegate> step)
        {
            steps.Add(step);
            return this;
        }

        public PageDelegate End(PageDelegate last)
        {
            for (var i = steps.Count - 1; i >= 0; i--) last = steps[i](last);
            return last;
        }
    }
}
