using System.Text;
using Platform.Templating;

namespace Platform.Host.Themes;

/// <summary>The helpers that reach outside of a template engine: a theme's files, the log, the response's nonce.</summary>
internal static class HostHelpers
{
    private const int MostLetters = 500;

    /// <summary>Their names and arguments, of no theme in particular.</summary>
    public static IReadOnlyList<Helper> Names { get; } = For("", TemplatePorts.None);

    /// <summary>Those of a theme.</summary>
    public static IReadOnlyList<Helper> For(string theme, TemplatePorts ports) =>
    [
        new("asset", (in call) =>
        {
            var path = AssetPath(call.Arguments[0]);
            var url = ports.AssetUrl(theme, path);
            (call.State as RenderNotes)?.Add(path, url);
            return url;
        }, 1, 1, "(asset \"css/site.css\")"),
        new("log", (in call) =>
        {
            ports.Log(call.File, LogLine(call.Arguments));
            return null;
        }, 1, 50, "(log value …)"),
        new("nonce", (in call) => call.State is RenderNotes { Nonce: { } nonce } ? new SafeString(nonce.Value) : null, 0, 0, "(nonce)"),
    ];

    private static string AssetPath(object? value) => value is string { Length: > 0 } path
        ? path
        : throw new HelperException($"the path is {(value is null ? "nothing" : $"'{TemplateValue.Text(value)}'")}; expected a text. Write (asset \"css/site.css\").");

    private static string LogLine(ReadOnlySpan<object?> arguments)
    {
        var line = new StringBuilder();
        foreach (var argument in arguments)
        {
            var text = TemplateValue.Text(argument);
            line.Append(line.Length > 0 ? " " : "").Append(text.AsSpan(0, Math.Min(text.Length, MostLetters)));
            if (line.Length > MostLetters) line.Length = MostLetters;
        }

        // One line of a log stays one line, whatever the data hold.
        for (var i = 0; i < line.Length; i++)
        {
            if (char.IsControl(line[i])) line[i] = ' ';
        }

        return line.ToString();
    }
}
