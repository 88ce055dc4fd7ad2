namespace Platform.Functional.Tests;

/// <summary>The site of this repository, served from a copy.</summary>
public sealed class ShippedSite : IAsyncLifetime
{
    private readonly TestSite site = TestSite.Shipped();

    internal RunningServer Server { get; private set; } = null!;

    internal string DataFolder => site.PathOf("data");

    /// <summary>Somebody who has confirmed the notice.</summary>
    internal Task<Visitor> VisitorAsync(string host = "localhost") => Server.Visitor(host).ConfirmedAsync();

    public async ValueTask InitializeAsync() => Server = await RunningServer.StartAsync(site);

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        site.Dispose();
    }
}
