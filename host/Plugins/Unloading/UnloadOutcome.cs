namespace Platform.Host.Plugins.Unloading;

/// <summary>What became of a plugin's code after it was let go of.</summary>
/// <param name="IsGone">True where the runtime has unloaded it; false where something still holds it.</param>
/// <param name="After">How long that took, or how long it was looked for.</param>
/// <param name="Holders">What probably holds it, in words for the plugin's author; empty where it is gone.</param>
public sealed record UnloadOutcome(bool IsGone, TimeSpan After, IReadOnlyList<string> Holders);
