using System.Text.Json.Serialization;

namespace Platform.Host.Security;

/// <summary>The content of a <see cref="VisitorCookie"/>.</summary>
/// <param name="Id">The user's id.</param>
/// <param name="Name">The name to show.</param>
/// <param name="Permissions">What the user may do.</param>
/// <param name="Expires">Unix seconds.</param>
public sealed record Ticket(string Id, string? Name, string[]? Permissions, long Expires);

/// <summary>Reads and writes tickets without reflection.</summary>
[JsonSerializable(typeof(Ticket))]
public sealed partial class TicketJson : JsonSerializerContext;
