namespace Platform.Bench.Templates.Escaping;

/// <summary>Where a value stands, and what a reader of the page must find there.</summary>
internal enum Reading
{
    /// <summary>The value is the text of #x.</summary>
    Text,

    /// <summary>The value is the title of #x.</summary>
    Title,

    /// <summary>The value is both.</summary>
    TextAndTitle,

    /// <summary>The href of #x leads somewhere, and runs nothing.</summary>
    Url,

    /// <summary>The script holds the value as JSON.</summary>
    Json,

    /// <summary>The value stays within the quotes of a script.</summary>
    Quoted,

    /// <summary>The value stays within a style's property.</summary>
    Style,

    /// <summary>The page in the srcdoc of #x has no element of the value's.</summary>
    Srcdoc,

    /// <summary>The elements and attributes are as they were.</summary>
    Structure,
}

/// <summary>A place in a page where data stand as <c>x</c>.</summary>
/// <param name="Name">As it is printed.</param>
/// <param name="Page">The template.</param>
/// <param name="Reading">What must come of it.</param>
/// <param name="Partial">The partial <c>__part</c>, where it calls one.</param>
/// <param name="IsSafe">False where escaping can't help, so that the theme's check must say so.</param>
internal sealed record Position(string Name, string Page, Reading Reading, string Partial = "", bool IsSafe = true)
{
    public static IReadOnlyList<Position> All { get; } =
    [
        new("text", "<p id=\"x\">{{x}}</p>", Reading.Text),
        new("attribute, \"", "<p id=\"x\" title=\"{{x}}\"></p>", Reading.Title),
        new("attribute, '", "<p id='x' title='{{x}}'></p>", Reading.Title),
        new("attribute, attr", "<p id=x title={{attr x}} class=y></p>", Reading.Title),
        new("URL, url", "<a id=\"x\" href=\"{{url x}}\">y</a>", Reading.Url),
        new("script, json", "<script id=\"x\">var x = {{{json x}}};</script>", Reading.Json),
        new("through a helper", Both("{{lookup this \"x\"}}"), Reading.TextAndTitle),
        new("through a block", "{{#each list}}" + Both("{{this}}") + "{{/each}}", Reading.TextAndTitle),
        new("partial", "<div>{{> __part}}</div>", Reading.TextAndTitle, Both("{{x}}")),
        new("partial, indented", "<div>\n    {{> __part}}\n</div>", Reading.TextAndTitle, Both("{{x}}") + "\n"),
        new("partial, with arguments", "<div>{{> __part y=x}}</div>", Reading.TextAndTitle, Both("{{y}}")),
        new("inline partial", "{{#*inline \"mine\"}}" + Both("{{x}}") + "{{/inline}}<div>{{> mine}}</div>", Reading.TextAndTitle),
        new("inline partial, indented", "{{#*inline \"mine\"}}\n" + Both("{{x}}") + "\n{{/inline}}\n<div>\n  {{> mine}}\n</div>", Reading.TextAndTitle),
        new("@partial-block", "{{#> __part}}" + Both("{{x}}") + "{{/__part}}", Reading.TextAndTitle, "<div>{{> @partial-block}}</div>"),
        new("@partial-block, indented", "{{#> __part}}\n" + Both("{{x}}") + "\n{{/__part}}\n", Reading.TextAndTitle, "<div>\n  {{> @partial-block}}\n</div>"),
        new("attribute, no quotes", "<p id=x title={{x}}></p>", Reading.Title, IsSafe: false),
        new("URL", "<a id=\"x\" href=\"{{x}}\">y</a>", Reading.Url, IsSafe: false),
        new("URL, url, no quotes", "<a id=x href={{url x}} class=y>y</a>", Reading.Url, IsSafe: false),
        new("script", "<script id=\"x\">var x = \"{{x}}\";</script>", Reading.Quoted, IsSafe: false),
        new("style", "<style id=\"x\">p { color: {{x}} }</style>", Reading.Style, IsSafe: false),
        new("comment", "<p id=\"x\"></p><!-- {{x}} -->", Reading.Structure, IsSafe: false),
        new("event handler", "<p id=\"x\" onclick=\"f('{{x}}')\"></p>", Reading.Quoted, IsSafe: false),
        new("style attribute", "<p id=\"x\" style=\"color: {{x}}\"></p>", Reading.Style, IsSafe: false),
        new("srcdoc", "<iframe id=\"x\" srcdoc=\"{{x}}\"></iframe>", Reading.Srcdoc, IsSafe: false),
        new("name of a tag", "<p{{x}} id=\"x\"></p>", Reading.Structure, IsSafe: false),
        new("script, in a partial", "<script id=\"x\">{{> __part}}</script>", Reading.Quoted, "var x = '{{x}}';", IsSafe: false),
    ];

    private static string Both(string tag) => $"<p id=\"x\" title=\"{tag}\">{tag}</p>";
}
