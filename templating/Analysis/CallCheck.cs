using Platform.Templating.Compiling;

namespace Platform.Templating.Analysis;

/// <summary>Holds the calls of a template against the partials and helpers of its theme.</summary>
internal sealed class CallCheck
{
    private readonly ThemeTemplates theme;
    private readonly TemplateEnvironment environment;
    private readonly HashSet<string> inlines;

    public CallCheck(ThemeTemplates theme)
    {
        this.theme = theme;
        environment = new(theme.Partials, theme.Helpers);
        inlines = theme.Pages.Values.Concat(theme.Partials.Values).SelectMany(syntax => syntax.Facts.InlinePartials).Select(inline => inline.Name).ToHashSet(StringComparer.Ordinal);
    }

    public IEnumerable<Finding> Of(TemplateSyntax syntax)
    {
        if (Failure(syntax) is { } failure)
        {
            yield return new(FindingKind.Syntax, failure.Place, Severity.Error, failure.Reason);
            yield break;
        }

        foreach (var partial in syntax.Facts.Partials)
        {
            if (partial.Name is not { } name || partial.HasFallback || name == "@partial-block" || theme.Partials.ContainsKey(name) || inlines.Contains(name)) continue;
            yield return new(FindingKind.Partial, partial.Place, Severity.Error, $"partial \"{name}\" not found in theme \"{theme.Name}\"{environment.Question(name)}");
        }

        foreach (var helper in syntax.Facts.Helpers)
        {
            // A call of nothing without arguments prints nothing.
            var isHarmless = helper.Arguments == 0 && environment.Helper(helper.Name) is null && !BuiltinBlocks.Contains(helper.Name);
            if (Complaint(helper) is { } complaint) yield return new(FindingKind.Helper, helper.Place, isHarmless ? Severity.Warning : Severity.Error, complaint);
        }
    }

    private TemplateException? Failure(TemplateSyntax syntax)
    {
        try
        {
            environment.Compile(syntax);
            return null;
        }
        catch (TemplateException exception)
        {
            return exception;
        }
    }

    private string? Complaint(HelperUse call)
    {
        if (environment.Helper(call.Name) is { } helper)
        {
            return call.Arguments >= helper.Least && call.Arguments <= helper.Most ? null : $"'{call.Name}' has {Counted(call.Arguments)}; expected {(helper.Usage.Length > 0 ? helper.Usage : Expected(helper))}.";
        }

        if (!BuiltinBlocks.Contains(call.Name))
        {
            return environment.Helper("helperMissing") is null ? $"helper '{call.Name}' is unknown{environment.HelperQuestion(call.Name)}" : null;
        }

        if (!call.IsBlock) return $"'{call.Name}' is a block. Write {{{{#{call.Name} …}}}}…{{{{/{call.Name}}}}}.";
        if (call.Arguments == 1) return null;
        return $"{{{{#{call.Name}}}}} has {Counted(call.Arguments)}; expected one. {(call.Arguments == 0 ? "Name the value." : $"For two conditions write {{{{#{call.Name} (and a b)}}}}.")}";
    }

    private static string Counted(int arguments) => arguments switch { 0 => "no argument", 1 => "one argument", _ => $"{arguments} arguments" };

    private static string Expected(Helper helper) => helper.Least == helper.Most ? Counted(helper.Least) : $"at {(helper.Most == int.MaxValue ? $"least {helper.Least}" : $"most {helper.Most}")}";
}
