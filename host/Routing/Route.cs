namespace Platform.Host.Routing;

/// <summary>A route in force: its definition, its pattern taken apart, its redirect ready to fill.</summary>
public sealed class Route(RouteDefinition definition, RoutePattern pattern, RedirectTarget? redirect)
{
    /// <summary>The route as written, with its place in the file.</summary>
    public RouteDefinition Definition => definition;

    /// <summary>What it matches.</summary>
    public RoutePattern Pattern => pattern;

    /// <summary>The method in capitals, or <c>*</c>.</summary>
    public string Method => definition.Method;

    /// <summary>The name handed to the plugins; null: the path of the URL.</summary>
    public string? Handler => definition.Handler;

    /// <summary>The template's name; null: found by the path, or named by a plugin. For JSON see <see cref="IsJson"/>.</summary>
    public string? Template => IsJson ? null : definition.Template;

    /// <summary>True where the data are the answer, as JSON.</summary>
    public bool IsJson => definition.Template == "json";

    /// <summary>Where it sends its visitors; null: nowhere.</summary>
    public RedirectTarget? Redirect => redirect;

    /// <summary>The status of the redirect.</summary>
    public int Status => definition.Status;

    /// <summary>How the page is kept.</summary>
    public RouteCache Cache => definition.Cache;

    /// <summary>Who may see it; null: everybody.</summary>
    public RouteAuth? Auth => definition.Auth;

    /// <summary>The response's content type; null: text/html.</summary>
    public string? ContentType => definition.ContentType;

    /// <summary>Method and pattern: <c>GET /news/{slug}</c>.</summary>
    public override string ToString() => $"{definition.Method} {pattern.Text}";
}
