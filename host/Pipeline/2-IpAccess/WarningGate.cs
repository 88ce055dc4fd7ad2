using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using Platform.Host.Security;
using Platform.Host.Transport;

namespace Platform.Host.Pipeline;

/// <summary>The notice at /warning: a visitor who is in no list reads it, confirms, and goes on to where they wanted.</summary>
public sealed class WarningGate(Signer signer, ErrorPage errors, TimeProvider time)
{
    /// <summary>Where the notice stands; exactly this path is open without confirming.</summary>
    public const string Path = "/warning";

    /// <summary>The query parameter that says where to go once it is confirmed.</summary>
    public const string ReturnKey = "returnUrl";

    /// <summary>The cookie that says that the visitor has confirmed.</summary>
    public const string CookieName = "platform_confirmed";

    private const string Purpose = "warning";
    private const string Form = "application/x-www-form-urlencoded";

    /// <summary>True where the visitor has confirmed, not too long ago.</summary>
    public bool IsConfirmed(PageContext page)
    {
        var cookie = CookieHeader.Find(page.Http.Request.Headers.Cookie, CookieName);
        return !cookie.IsEmpty && long.TryParse(signer.Verify(Purpose, cookie), out var expires) && expires > time.GetUtcNow().ToUnixTimeSeconds();
    }

    /// <summary>Sends the visitor to the notice; a program is told so.</summary>
    public Task SendThereAsync(PageContext page)
    {
        var response = page.Http.Response;
        response.Headers.CacheControl = "no-store";
        var url = page.IsRead ? page.Target.Url(page.Path) : "/";
        var there = $"{Path}?{ReturnKey}={Uri.EscapeDataString(LocalUrl.OrRoot(url))}";
        if (errors.WantsJson(page)) return errors.WriteAsync(page, StatusCodes.Status403Forbidden, "The notice must be confirmed first.", "confirmation_required", there);
        response.StatusCode = StatusCodes.Status302Found;
        response.Headers.Location = there;
        return Task.CompletedTask;
    }

    /// <summary>Takes the confirmation and sends the visitor back; never to another server.</summary>
    public async Task ConfirmAsync(PageContext page)
    {
        var (request, response) = (page.Http.Request, page.Http.Response);
        if (page.Method != "POST")
        {
            response.Headers.Allow = "GET, HEAD, POST";
            await errors.WriteAsync(page, StatusCodes.Status405MethodNotAllowed, $"{page.Method} is not known here.");
            return;
        }

        await PoolThread.Switch();
        string? wanted = null;
        if (request.ContentLength != 0 && request.ContentType is { Length: > 0 } type)
        {
            if (!type.StartsWith(Form, StringComparison.OrdinalIgnoreCase))
            {
                await errors.RefuseAsync(page, new(StatusCodes.Status415UnsupportedMediaType, $"the confirmation is a form; expected Content-Type: {Form}"));
                return;
            }

            if (await RequestBody.ReadAsync(page) is not { } body) return;
            try
            {
                wanted = new FormReader(Encoding.UTF8.GetString(body.Span)).ReadForm().GetValueOrDefault(ReturnKey);
            }
            catch (InvalidDataException)
            {
                await errors.RefuseAsync(page, new(StatusCodes.Status400BadRequest, "the form can't be read"));
                return;
            }
        }

        var life = page.Generation.Options.IpAccess.Confirmation;
        response.Cookies.Append(
            CookieName,
            signer.Sign(Purpose, (time.GetUtcNow() + life).ToUnixTimeSeconds().ToString()),
            new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = page.IsSecure, MaxAge = life, Path = "/" });
        response.Headers.CacheControl = "no-store";
        response.StatusCode = StatusCodes.Status303SeeOther;
        response.Headers.Location = LocalUrl.OrRoot(wanted);
    }
}
