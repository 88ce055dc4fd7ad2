using Platform.Sdk;

namespace Platform.Host.Pipeline;

/// <summary>Step 7: a page that asks for a user sends others to sign in; one that asks for permissions refuses those who lack them.</summary>
public sealed class AuthMiddleware(PageDelegate next, IRights rights, ErrorPage errors)
{
    /// <summary>Lets the visitor on, or answers.</summary>
    public Task InvokeAsync(PageContext page)
    {
        if (page.Source?.Route?.Auth is not { } auth) return next(page);
        page.Record.Reads.Add(RequestPart.User);
        if (page.Visitor.IsAnonymous) return SignInAsync(page);
        return auth.Permissions.All(permission => rights.Allows(page.Visitor, permission))
            ? next(page)
            : errors.WriteAsync(page, StatusCodes.Status403Forbidden, "You have no right to see this page.", "permission_denied");
    }

    private Task SignInAsync(PageContext page)
    {
        var response = page.Http.Response;
        var wanted = page.IsRead ? page.Target.Url(page.Path) : "/";
        var there = $"{page.Generation.Options.Auth.SignInPath}?returnUrl={Uri.EscapeDataString(LocalUrl.OrRoot(wanted))}";
        response.Headers.CacheControl = "no-store";
        if (errors.WantsJson(page)) return errors.WriteAsync(page, StatusCodes.Status401Unauthorized, "Sign in first.", "sign_in_required", there);
        response.StatusCode = StatusCodes.Status302Found;
        response.Headers.Location = there;
        return Task.CompletedTask;
    }
}
