using System.Text.Json;
using Platform.Sdk;

namespace Platform.Host.Security;

/// <summary>Who a signed cookie says the visitor is. The sign-in page writes it; everything else only reads it.</summary>
public sealed class VisitorCookie(Signer signer, TimeProvider time)
{
    /// <summary>The cookie's name.</summary>
    public const string Name = "platform_user";

    private const string Purpose = "visitor";

    /// <summary>The cookie's value for a user.</summary>
    public string Write(User user, TimeSpan life)
    {
        var expires = (time.GetUtcNow() + life).ToUnixTimeSeconds();
        return signer.Sign(Purpose, JsonSerializer.Serialize(new Ticket(user.Id, user.Name, [.. user.Permissions], expires), TicketJson.Default.Ticket));
    }

    /// <summary>The user a cookie's value names; the anonymous visitor where it is forged, damaged or too old.</summary>
    public User Read(ReadOnlySpan<char> value)
    {
        if (signer.Verify(Purpose, value) is not { } payload) return User.Anonymous;
        try
        {
            var ticket = JsonSerializer.Deserialize(payload, TicketJson.Default.Ticket);
            return ticket is { Id.Length: > 0, Permissions: not null } && ticket.Id != User.Anonymous.Id && ticket.Expires > time.GetUtcNow().ToUnixTimeSeconds()
                ? new User(ticket.Id, ticket.Name ?? "", [.. ticket.Permissions.Order(StringComparer.Ordinal)])
                : User.Anonymous;
        }
        catch (JsonException)
        {
            return User.Anonymous;
        }
    }
}
