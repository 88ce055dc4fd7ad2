using Platform.Sdk;

namespace Platform.Host.Pipeline;

/// <summary>The one place where it is asked whether somebody may do something.</summary>
public interface IRights
{
    /// <summary>True where the user holds the permission.</summary>
    bool Allows(User user, string permission);
}

/// <summary>What the user's signed cookie says.</summary>
public sealed class TicketRights : IRights
{
    /// <inheritdoc/>
    public bool Allows(User user, string permission) => user.Has(permission);
}
