namespace Platform.Host.Plugins.Testing;

internal sealed class HonoursCancellation : PluginAssertion
{
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(10);

    public override string Sentence => "comes back soon when its call is cancelled";

    public override async Task<PluginFinding> LookAsync(TestSubject subject)
    {
        var plugins = await subject.StartAsync();
        foreach (var path in plugins.OwnPaths)
        {
            using var cancel = new CancellationTokenSource(Soon);
            try
            {
                await plugins.DataForAsync(path, TestRequests.Of(path), TestSubject.CallLimit, cancel.Token);
            }
            catch (TimeoutException)
            {
                return Remark($"{path}: still under way {TestSubject.CallLimit.TotalMilliseconds:0} ms after; such a call keeps its place on the server. Hand the token on to what it waits for");
            }
            catch (Exception)
            {
                // It came back; the exception of a cancelled call is as meant, and others are another assertion's affair.
            }
        }

        return Holds;
    }
}
