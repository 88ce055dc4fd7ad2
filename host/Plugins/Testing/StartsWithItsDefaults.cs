namespace Platform.Host.Plugins.Testing;

internal sealed class StartsWithItsDefaults : PluginAssertion
{
    public override string Sentence => "starts within 10 s with the settings of its plugin.yaml";

    public override async Task<PluginFinding> LookAsync(TestSubject subject)
    {
        await (await subject.StartAsync()).StopAsync();
        return Holds;
    }
}
