namespace Platform.Templating.Analysis.Html;

/// <summary>Whether Handlebars' escaping protects the page where something is printed.</summary>
internal static class Judge
{
    /// <summary>What is to say of a value printed in a state; null where nothing is.</summary>
    public static (Severity Severity, string Message)? Of(HtmlState state, Printed value)
    {
        if (value.IsNumber) return null;
        return state.Mode switch
        {
            HtmlMode.Text or HtmlMode.CData => Text(value),
            HtmlMode.RcData or HtmlMode.RawText or HtmlMode.PlainText => Raw(state, value),
            HtmlMode.Script => Script(state, value),
            HtmlMode.TagOpen or HtmlMode.EndTagOpen or HtmlMode.TagName => Warn($"'{value.Name}' is printed into the name of an element; expected a name written out. Choose between elements with {{{{#if …}}}}."),
            HtmlMode.BeforeAttribute or HtmlMode.AttributeName or HtmlMode.AfterAttributeName or HtmlMode.AfterQuoted or HtmlMode.SelfClosing =>
                Warn($"'{value.Name}' is printed where a tag's attributes stand, so it can be any attribute; expected a name written out. Write name=\"{{{{{value.Name}}}}}\", or choose with {{{{#if …}}}}."),
            HtmlMode.BeforeValue or HtmlMode.DoubleQuoted or HtmlMode.SingleQuoted or HtmlMode.Unquoted => Attribute(state, value),
            _ when state.IsXml && value.IsEscaped => null,
            _ => Warn($"'{value.Name}' is printed into an HTML comment, for which escaping is not made. Remove it, or comment out with {{{{!-- … --}}}}."),
        };
    }

    private static (Severity, string)? Text(Printed value) => value.IsHtmlSafe || value.Helper == "json"
        ? null
        : (Severity.Note, $"'{value.Name}' is printed as it is: what it holds is HTML. Keep it to HTML of your own, or write {{{{{value.Name}}}}}.");

    private static (Severity, string)? Raw(HtmlState state, Printed value)
    {
        if (state.Element == "style") return Warn($"'{value.Name}' is printed into <style>, for which escaping is not made. Choose a class instead, or print a number with {{{{format_number …}}}}.");
        return value.IsHtmlSafe ? null : Warn($"'{value.Name}' is printed as it is, so it can end <{state.Element}>. Write {{{{{value.Name}}}}}.");
    }

    private static (Severity, string)? Script(HtmlState state, Printed value)
    {
        if (value.Helper != "json") return Warn($"'{value.Name}' is printed into <script>, for which escaping is not made. Write {{{{{{json {(value.Helper is null ? value.Name : $"({value.Name})")}}}}}}}.");
        if (value.IsEscaped) return Warn("'json …' is escaped as HTML, which a script does not read; expected three braces in <script>. Write {{{json …}}}.");
        return state.Script == ScriptPart.Code ? null : Warn($"'json …' stands in a {(state.Script is ScriptPart.LineComment or ScriptPart.BlockComment ? "comment" : "text")} of a script, which a value can end; it brings its own quotes. Write it without any around it.");
    }

    private static (Severity, string)? Attribute(HtmlState state, Printed value)
    {
        var kind = Attributes.Of(state);
        var begin = state.Mode == HtmlMode.BeforeValue ? Attributes.Begin(state) : state.Value;
        var bringsQuotes = value.Helper == "attr";
        if (bringsQuotes && state.Mode != HtmlMode.BeforeValue) return Warn($"'attr …' brings its own quotes, which end the value of '{state.Attribute}'. Write {state.Attribute}={{{{attr …}}}}, or leave attr out.");
        if (kind == AttributeKind.EventHandler)
        {
            return value is { Helper: "json", IsEscaped: true } && state is { Script: ScriptPart.Code, Mode: HtmlMode.DoubleQuoted or HtmlMode.SingleQuoted }
                ? null
                : Warn($"'{value.Name}' is printed into the script of '{state.Attribute}', for which escaping is not made. Write {{{{json …}}}} without quotes around it, or data-… and a script that reads it.");
        }

        if (kind == AttributeKind.Style) return Warn($"'{value.Name}' is printed into 'style', for which escaping is not made. Choose a class instead, or print a number with {{{{format_number …}}}}.");
        if (kind == AttributeKind.Document) return Warn($"'{value.Name}' is printed into 'srcdoc', which is read as HTML once more. Give the frame a URL of its own: src.");
        if (kind == AttributeKind.ScriptType) return Warn($"'{value.Name}' is printed into the type of a script; expected one written out.");
        if (!bringsQuotes && state.Mode is HtmlMode.BeforeValue or HtmlMode.Unquoted)
            return Warn($"'{value.Name}' is printed into a value without quotes, which a space ends, and nothing at all hands to the next attribute. Write {state.Attribute}=\"{{{{{value.Name}}}}}\".");
        if (!bringsQuotes && !value.IsHtmlSafe) return Warn($"'{value.Name}' is printed as it is, so it can end the value of '{state.Attribute}'. Write {{{{{value.Name}}}}}.");
        return begin is null ? null : Url(state, kind, begin, value);
    }

    private static (Severity, string)? Url(HtmlState state, AttributeKind kind, string begin, Printed value)
    {
        if (kind is AttributeKind.Refresh ? !Attributes.OpensUrl(begin) : kind is not (AttributeKind.Url or AttributeKind.CodeUrl)) return null;
        if (kind != AttributeKind.Refresh && Attributes.Runs(begin)) return Warn($"'{value.Name}' is printed into a URL that runs as a script, for which escaping is not made. Use a URL that only leads somewhere.");
        if (kind == AttributeKind.CodeUrl)
        {
            return value.Helper == "asset" ? null : Warn($"'{value.Name}' says from which host '{state.Attribute}' of <{state.Element}> is taken, and so which code runs. Write {{{{asset \"…\"}}}}, or the beginning up to the host's / outright.");
        }

        return value.IsUrl ? null : Warn($"'{value.Name}' begins the URL of '{state.Attribute}', and escaping does not stop javascript:. Write {{{{url {(value.Helper is null ? value.Name : $"({value.Name})")}}}}}.");
    }

    private static (Severity, string)? Warn(string message) => (Severity.Warning, message);
}
