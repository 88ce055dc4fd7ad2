namespace Platform.Host.Themes.Helpers;

/// <summary>A helper, known to no engine in particular.</summary>
/// <param name="Least">The fewest arguments.</param>
/// <param name="Most">The most arguments.</param>
/// <param name="Usage">For messages: <c>(format_date value "format")</c>.</param>
/// <param name="Call">The function.</param>
internal sealed record TemplateHelper(int Least, int Most, string Usage, HelperFunction Call);

/// <summary>Arguments are values of the closed value model; missing ones are null.</summary>
/// <exception cref="HelperException">An argument is not what the helper can use.</exception>
internal delegate object? HelperFunction(ReadOnlySpan<object?> arguments, in HelperScope scope);

/// <summary>Where a helper is called from.</summary>
/// <param name="Theme">The theme's name.</param>
/// <param name="File">The template file.</param>
/// <param name="Ports">What lies outside the engine.</param>
internal readonly record struct HelperScope(string Theme, string File, TemplatePorts Ports);

/// <summary>An argument that a helper can't use. The engine adds helper and place.</summary>
internal sealed class HelperException(string message) : Exception(message);

/// <summary>Text that is HTML already and is not escaped again.</summary>
internal sealed record SafeText(string Value)
{
    public override string ToString() => Value;
}
