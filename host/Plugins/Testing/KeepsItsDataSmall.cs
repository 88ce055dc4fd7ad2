using Platform.Sdk;

namespace Platform.Host.Plugins.Testing;

internal sealed class KeepsItsDataSmall : PluginAssertion
{
    private const int MostBytes = 4 << 20;

    public override string Sentence => "keeps its data within 32 levels, 100,000 values and 4 MB";

    public override async Task<PluginFinding> LookAsync(TestSubject subject)
    {
        var plugins = await subject.StartAsync();
        foreach (var request in TestRequests.All(plugins.Names))
        {
            IReadOnlyList<PageData?> answers;
            try
            {
                answers = [.. await plugins.DataForAsync(request.Path, request), .. await plugins.OthersAsync(request)];
            }
            catch (Exception)
            {
                // No answer is the affair of another assertion.
                return Holds;
            }

            foreach (var data in answers.OfType<PageData>())
            {
                try
                {
                    data.Freeze();
                }
                catch (InvalidOperationException exception)
                {
                    return Fails($"{request.Path}: {exception.Message}");
                }

                if (DataJson.Text(data).Length > MostBytes) return Fails($"{request.Path}: more than {MostBytes >> 20} MB as JSON");
            }
        }

        return Holds;
    }
}
