namespace Platform.Host.Plugins.Testing;

internal sealed class AnswersEveryPath : PluginAssertion
{
    /// <summary>What a call has left running may still throw, which ends the process.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(500);

    public override string Sentence => "answers usual and odd requests of all kinds of visitors, within its deadline and without an exception";

    public override async Task<PluginFinding> LookAsync(TestSubject subject)
    {
        var plugins = await subject.StartAsync();
        foreach (var request in TestRequests.All(plugins.OwnPaths))
        {
            var asked = $"{(request.Path.Length > 60 ? request.Path[..60] + "…" : request.Path)} with {request.Query.Count} query keys, user {request.User.Id}";
            try
            {
                await plugins.DataForAsync(request.Path, request);
                await plugins.OthersAsync(request);
            }
            catch (TimeoutException)
            {
                return Fails($"{asked}: no answer within {TestSubject.CallLimit.TotalMilliseconds:0} ms");
            }
            catch (Exception exception)
            {
                return Fails($"{asked}: {PluginException.MessageOf(exception)}");
            }
        }

        await Task.Delay(Rest);
        return Holds;
    }
}
