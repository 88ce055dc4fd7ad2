namespace Platform.Templating;

/// <summary>Text that is HTML already: what a helper returns to have it printed as it is.</summary>
/// <param name="Value">The HTML.</param>
public sealed record SafeString(string Value)
{
    /// <summary>The HTML.</summary>
    public override string ToString() => Value;
}
