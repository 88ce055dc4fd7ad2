using System.Runtime.CompilerServices;
using Platform.Host.Plugins.Unloading;

namespace Platform.Host.Plugins.Testing;

internal sealed class ComesAndGoes : PluginAssertion
{
    private const int Times = 20;

    public override string Sentence => $"can be loaded, started and unloaded {Times} times, and nothing of it stays";

    public override Task<PluginFinding> LookAsync(TestSubject subject)
    {
        var contexts = Enumerable.Range(0, Times).Select(_ => Once(subject)).ToList();
        return Task.FromResult(Unloads.IsGone(contexts, out var alive) ? Holds : Fails($"{alive} of {Times} are still in memory"));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static UnloadSubject Once(TestSubject subject) => subject.Run(plugins => plugins.UseAsync());
}
