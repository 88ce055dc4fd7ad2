namespace Platform.Host.Configuration;

/// <summary>A text that must not be shown; it prints as stars, so that no log or page shows it by accident.</summary>
/// <param name="Value">The text itself; empty for none.</param>
public sealed record Secret(string Value)
{
    /// <summary>No secret.</summary>
    public static Secret None { get; } = new("");

    /// <summary>True where there is none.</summary>
    public bool IsEmpty => Value.Length == 0;

    /// <summary>Stars.</summary>
    public override string ToString() => IsEmpty ? "" : "***";
}
