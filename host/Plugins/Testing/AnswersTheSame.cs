using Platform.Sdk;

namespace Platform.Host.Plugins.Testing;

internal sealed class AnswersTheSame : PluginAssertion
{
    public override string Sentence => "answers the same request with the same data";

    public override async Task<PluginFinding> LookAsync(TestSubject subject)
    {
        var plugins = await subject.StartAsync();
        foreach (var request in TestRequests.All(plugins.OwnPaths))
        {
            string first, second;
            try
            {
                (first, second) = (await TextAsync(plugins, request), await TextAsync(plugins, request));
            }
            catch (Exception)
            {
                // Two that are no answers are the affair of another assertion.
                return Holds;
            }

            if (first != second) return Remark($"{request.Path}: two answers differ; a stored page keeps the first. Set TimeToLive where that is too long");
        }

        return Holds;
    }

    private static async Task<string> TextAsync(StartedPlugins plugins, RequestParameter request)
    {
        var answers = await plugins.DataForAsync(request.Path, request);
        // Data that contain themselves have no text.
        foreach (var data in answers) data?.Freeze();
        return string.Join('\n', answers.Select(data => $"{DataJson.Text(data)} {data?.Template} {data?.Status}"));
    }
}
