using Platform.Host.Configuration;
using Platform.Sdk;

namespace Platform.Host.Plugins.Testing;

internal sealed class KeepsItsDataSmall : PluginAssertion
{
    private static readonly ResultLimits Limits = new();

    public override string Sentence => $"keeps its data within {Limits.MaxDepth} levels, {Limits.MaxValues} values and {Limits.MaxKb} KB of text";

    public override async Task<PluginFinding> LookAsync(TestSubject subject)
    {
        var plugins = await subject.StartAsync();
        foreach (var request in TestRequests.All(plugins.OwnPaths))
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
                    if (data.Size().Characters is var characters && characters > Limits.MaxKb * 1024L) return Fails($"{request.Path}: {characters / 1024} KB of text");
                }
                catch (InvalidOperationException exception)
                {
                    return Fails($"{request.Path}: {exception.Message}");
                }
            }
        }

        return Holds;
    }
}
