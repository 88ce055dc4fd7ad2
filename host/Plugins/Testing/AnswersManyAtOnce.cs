namespace Platform.Host.Plugins.Testing;

internal sealed class AnswersManyAtOnce : PluginAssertion
{
    private const int Callers = 200;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    public override string Sentence => $"answers {Callers} calls at once, without an exception";

    public override async Task<PluginFinding> LookAsync(TestSubject subject)
    {
        var plugins = await subject.StartAsync();
        // Threads enough for those that wait: what is looked for is what they do to each other.
        ThreadPool.SetMinThreads(Callers, Callers);
        var paths = plugins.OwnPaths;
        try
        {
            await Task.WhenAll(Enumerable.Range(0, Callers).Select(n => plugins.DataForAsync(paths[n % paths.Count], TestRequests.Of(paths[n % paths.Count]), Limit)));
        }
        catch (TimeoutException)
        {
            return Fails($"not all came back within {Limit.TotalSeconds:0} s");
        }

        return Holds;
    }
}
