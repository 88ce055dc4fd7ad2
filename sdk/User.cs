namespace Platform.Sdk;

/// <summary>Who is asking.</summary>
/// <param name="Id">The user's id; <c>-</c> for the anonymous visitor.</param>
/// <param name="Name">The name to show; empty for the anonymous visitor.</param>
/// <param name="Permissions">What the user may do, in ordinal order.</param>
public sealed record User(string Id, string Name, IReadOnlyList<string> Permissions)
{
    /// <summary>The visitor who has not signed in.</summary>
    public static User Anonymous { get; } = new("-", "", []);

    /// <summary>True for the visitor who has not signed in.</summary>
    public bool IsAnonymous => Id == "-";

    /// <summary>True where the user holds the permission.</summary>
    public bool Has(string permission) => Permissions.Contains(permission, StringComparer.Ordinal);
}
