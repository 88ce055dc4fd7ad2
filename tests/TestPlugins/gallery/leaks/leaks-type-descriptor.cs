using System.ComponentModel;

/// <summary>Asks TypeDescriptor for a type of its own, which keeps it. Not held: the server has the cache cleared.</summary>
public sealed class LeaksTypeDescriptor : Misbehaving
{
    protected override ValueTask<PageData?> MisbehaveAsync(RequestParameter request, CancellationToken cancel) =>
        Answer($"{TypeDescriptor.GetProperties(typeof(Own)).Count} {TypeDescriptor.GetConverter(typeof(Own))}");

    public sealed record Own(string Word);
}
