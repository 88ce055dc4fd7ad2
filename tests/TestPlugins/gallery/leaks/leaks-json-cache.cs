using System.Text.Json;

/// <summary>Serializes a type of its own with System.Text.Json, which keeps it. Not held: the server has the cache cleared.</summary>
public sealed class LeaksJsonCache : Misbehaving
{
    protected override ValueTask<PageData?> MisbehaveAsync(RequestParameter request, CancellationToken cancel) =>
        Answer(JsonSerializer.Serialize(new Own("json")) + JsonSerializer.Deserialize<Own>("{\"Word\":\"back\"}")!.Word);

    public sealed record Own(string Word);
}
