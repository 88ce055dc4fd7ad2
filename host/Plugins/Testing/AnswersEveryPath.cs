namespace Platform.Host.Plugins.Testing;

internal sealed class AnswersEveryPath : PluginAssertion
{
    public override string Sentence => "answers usual and odd requests of all kinds of visitors, within its deadline and without an exception";

    public override async Task<PluginFinding> LookAsync(TestSubject subject)
    {
        var plugins = await subject.StartAsync();
        foreach (var request in TestRequests.All(plugins.Names))
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

        return Holds;
    }
}
