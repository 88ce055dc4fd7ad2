using Platform.Host.Configuration;
using Platform.Host.Routing;
using Platform.Host.Themes;

namespace Platform.Host.Generations;

/// <summary>Holds routes.json against the templates: a theme or template it names that is not there. The routes serve all the same; a plugin may name another template.</summary>
public static class RouteTemplates
{
    /// <summary>Everything that is named and not there.</summary>
    public static IEnumerable<Problem> Check(RouteTable routes, TemplateStore templates)
    {
        if (templates.Theme(routes.Other.Theme) is null)
            yield return new("routes.json", 0, 0, $"default_theme: \"{routes.Other.Theme}\" not found; expected one of {string.Join(", ", templates.ThemeNames)}.");
        foreach (var domain in routes.Domains)
        {
            if (templates.Theme(domain.Theme) is not { } theme)
            {
                yield return new("routes.json", 0, 0, $"the theme \"{domain.Theme}\" of {domain.Name} not found; expected one of {string.Join(", ", templates.ThemeNames)}. The default theme stands in.");
                continue;
            }

            foreach (var route in domain.Routes.Where(r => r.Template is not null && theme.Find(r.Template) is null))
            {
                var definition = route.Definition;
                var hint = theme.Nearest(route.Template!) is { } nearest ? $" Did you mean \"{nearest}\"?" : "";
                yield return definition.At.Problem($"{definition.Name[..^"path".Length]}template: \"{route.Template}\" not found; expected a template of the theme {theme.Name}.{hint}");
            }
        }
    }
}
