namespace Platform.Sdk;

/// <summary>A plugin that looks at requests before they are answered, at a named place of the chain.</summary>
public interface IPageMiddleware
{
    /// <summary>Its place.</summary>
    MiddlewareSlot Slot { get; }

    /// <summary>Looks at a request. Of several plugins at one place each is asked in plugin order, until one answers.</summary>
    /// <param name="request">The request. What is read of it decides how far the page may be cached, at <see cref="MiddlewareSlot.BeforePage"/>.</param>
    /// <param name="cancel">Cancelled at the deadline.</param>
    /// <returns>Null: go on. Else headers to add, or an answer that ends the chain.</returns>
    ValueTask<MiddlewareResult?> InvokeAsync(RequestParameter request, CancellationToken cancel);
}

/// <summary>The places of the chain that plugins can stand at.</summary>
public enum MiddlewareSlot
{
    /// <summary>Behind the check of addresses, ahead of the cache: every request for a page, stored ones too. What it costs, a hit costs.</summary>
    BeforeCache,

    /// <summary>Behind the check of rights, ahead of the page's own data: only pages that are made now. What it adds is stored with the page.</summary>
    BeforePage,
}
