namespace Platform.Host;

/// <summary>What kind of thing a request asks for; it decides which steps it takes.</summary>
public enum Branch
{
    /// <summary>A page: all eight steps.</summary>
    Page,

    /// <summary>A static file: leaves after step 2.</summary>
    Static,

    /// <summary>/health: leaves after step 2.</summary>
    Health,

    /// <summary>/api/…: from step 2 to step 7, then to its plugin.</summary>
    Api,
}

/// <summary>Why the door lets a request no further.</summary>
/// <param name="Status">The status of the answer.</param>
/// <param name="Detail">What was wrong, for the person or program that asked.</param>
/// <param name="Location">Where it should have gone; null where there is no such place.</param>
public sealed record Refusal(int Status, string Detail, string? Location = null);
