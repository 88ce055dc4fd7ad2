using System.Text;

namespace Platform.Bench.Templates.Escaping;

/// <summary>Lines that try to become more than text: ways out of where they stand, times what they would do there, times how it is written.</summary>
internal static class XssLines
{
    private static readonly string[] WaysOut =
    [
        "", "\"", "'", "\">", "'>", "`", " ", "\n", "\t", "\0", "/>", ">", "-->", "--!>", "]]>", "*/", "}", "\\\"", "\\'", "</p>", "</script>", "</style>", "</title>", "</textarea>", "</noscript>", "&quot;>", "&#34;>", "=",
    ];

    private static readonly string[] Deeds =
    [
        "<script>alert(1)</script>", "<SCRIPT SRC=//x.example/x.js></SCRIPT>", "<script\n>alert(1)</script\n>", "<img src=x onerror=alert(1)>", "<img/src=\"x\"/onerror=alert`1`>", "<svg onload=alert(1)>", "<svg><script>alert(1)</script></svg>",
        "<iframe src=javascript:alert(1)>", "<iframe srcdoc='<script>alert(1)</script>'>", "<body onload=alert(1)>", "<a href=javascript:alert(1)>x</a>", "<input autofocus onfocus=alert(1)>", "<details open ontoggle=alert(1)>",
        "<video><source onerror=alert(1)></video>", "<math><mtext><style><img src onerror=alert(1)></style></mtext></math>", "<object data=javascript:alert(1)>", "<embed src=javascript:alert(1)>", "<style>@import 'javascript:alert(1)'</style>",
        "<link rel=stylesheet href=javascript:alert(1)>", "<meta http-equiv=refresh content='0;url=javascript:alert(1)'>", "<base href=//x.example/>", "<form action=javascript:alert(1)><button>x</button></form>", "<button formaction=javascript:alert(1)>x",
        "<template><script>alert(1)</script></template>", "<noscript><p title='</noscript><img src onerror=alert(1)>'>", "<textarea></textarea><script>alert(1)</script>", "<!--><script>alert(1)</script>", "<![CDATA[<script>alert(1)</script>]]>", "<?xml <script>alert(1)</script>?>",
        "onmouseover=alert(1) x=", "onclick='alert(1)' y='", "style=x:expression(alert(1))", "alert(1)//", "';alert(1);'", "\\u003cscript\\u003ealert(1)\\u003c/script\\u003e", "${alert(1)}", "{{constructor.constructor('alert(1)')()}}", "{{{x}}}", "expression(alert(1))", "url(javascript:alert(1))",
    ];

    private static readonly Func<string, string>[] Writings =
    [
        text => string.Concat(text.Select(letter => $"&#{(int)letter};")),
        text => string.Concat(text.Select(letter => $"&#x{(int)letter:X}")),
        text => string.Concat(text.Select(letter => char.IsAsciiLetterOrDigit(letter) ? $"{letter}" : $"%{(int)letter:X2}")),
        text => string.Concat(text.Select(letter => $"\\x{(int)letter:x2}")),
        text => string.Concat(text.Select(letter => letter is > ' ' and < '\x7f' ? (char)(letter + 0xFEE0) : letter)),
        text => text.Replace("<", "+ADw-", StringComparison.Ordinal).Replace(">", "+AD4-", StringComparison.Ordinal),
        text => text.Replace("<", "\u2039", StringComparison.Ordinal).Replace("\"", "\u02ba", StringComparison.Ordinal),
        text => text.ToUpperInvariant(),
        text => string.Join('\0', text.AsEnumerable()),
        text => new string([.. text.Reverse()]),
    ];

    private static readonly string[] Schemes = ["javascript:", "vbscript:", "data:text/html,", "data:text/html;base64,PHNjcmlwdD4=", "jar:javascript:", "view-source:javascript:", "feed:javascript:", "blob:", "filesystem:", "livescript:", "mocha:"];

    /// <summary>The same lines each time; more than a thousand.</summary>
    public static IReadOnlyList<string> All { get; } = [.. WaysOut.SelectMany(way => Deeds.Select(deed => way + deed)), .. Deeds.SelectMany(deed => Writings.Select(write => write(deed))), .. Schemes.SelectMany(Urls)];

    /// <summary>A scheme in every spelling a browser may take for it.</summary>
    private static IEnumerable<string> Urls(string scheme)
    {
        const string deed = "alert(1)";
        yield return scheme + deed;
        yield return scheme.ToUpperInvariant() + deed;
        yield return string.Concat(scheme.Select((letter, i) => i % 2 == 0 ? char.ToUpperInvariant(letter) : letter)) + deed;
        yield return scheme + "//%0A" + deed;
        yield return scheme.Replace(":", "&colon;", StringComparison.Ordinal) + deed;
        yield return scheme.Replace(":", "&#58;", StringComparison.Ordinal) + deed;
        yield return scheme.Replace(":", "%3A", StringComparison.Ordinal) + deed;
        yield return scheme.Replace(":", " :", StringComparison.Ordinal) + deed;
        yield return Uri.EscapeDataString(scheme) + deed;
        yield return string.Concat(scheme.Select(letter => $"&#{(int)letter:D7}")) + deed;
        yield return string.Concat(scheme.Select(letter => $"&#x{(int)letter:x};")) + deed;
        for (var control = 0; control <= ' '; control++)
        {
            yield return (char)control + scheme + deed;
            yield return scheme.Insert(4, $"{(char)control}") + deed;
        }

        foreach (var letter in "\u007f\u0085\u00a0\u00ad\u1680\u180e\u2000\u200b\u200d\u2028\u2029\u202e\u205f\u2060\u3000\ufeff\ufffd")
        {
            yield return letter + scheme + deed;
            yield return scheme.Insert(4, $"{letter}") + deed;
        }

        yield return "\t\r\n " + scheme.Insert(1, "\t").Insert(3, "\r\n") + deed;
        yield return "&Tab;" + scheme.Insert(2, "&NewLine;") + deed;
        yield return "\\" + scheme + deed;
        yield return "//" + scheme + deed;
        yield return "/\t/" + scheme + deed;
        yield return scheme.Replace('s', '\u017f') + deed;
        yield return scheme.Normalize(NormalizationForm.FormKD).Replace('a', '\u0430') + deed;
    }
}
