using System.Text;

namespace Platform.Host.Themes.Helpers;

/// <summary><c>{{log "items" items.length}}</c></summary>
internal static class LogHelper
{
    private const int MostLetters = 500;

    public static object? Write(ReadOnlySpan<object?> arguments, in HelperScope scope)
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

        scope.Ports.Log(scope.File, line.ToString());
        return null;
    }
}
