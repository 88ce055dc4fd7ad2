using Platform.Host.Configuration;

namespace Platform.Host.Pipeline;

/// <summary>Step 2: who may come in, by address. Denied: 403. Allowed: on. Neither: as configured, by default the notice at /warning first.</summary>
public sealed class IpAccessMiddleware(PageDelegate next, WarningGate gate, ErrorPage errors)
{
    /// <summary>Lets the request in, or answers it.</summary>
    public Task InvokeAsync(PageContext page)
    {
        var options = page.Generation.Options.IpAccess;
        if (!options.Enabled) return next(page);
        if (options.Deny.Contains(page.Client)) return errors.WriteAsync(page, StatusCodes.Status403Forbidden, "Your address has no access here.", "address_denied");
        if (options.Allow.Contains(page.Client)) return next(page);
        return options.Unlisted switch
        {
            UnlistedAccess.Allow => next(page),
            UnlistedAccess.Deny => errors.WriteAsync(page, StatusCodes.Status403Forbidden, "Your address has no access here.", "address_denied"),
            // The notice itself, what it is made of, and the health of the server are open to all.
            _ when page.Branch is Branch.Static or Branch.Health || gate.IsConfirmed(page) => page.Path == WarningGate.Path && !page.IsRead ? gate.ConfirmAsync(page) : next(page),
            _ when page.Path == WarningGate.Path => page.IsRead ? next(page) : gate.ConfirmAsync(page),
            _ => gate.SendThereAsync(page),
        };
    }
}
