using Platform.Bench.Isolation;
using Platform.Host.Plugins.Isolation;

namespace Platform.Host.Tests.Plugins;

/// <summary>When a call to a plugin's process is taken for lost, which costs the process its life.</summary>
public class RemoteCallTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(900)]
    public void Call_IsLostAfterThreeTimesWhatItsCallerWaited_NoMatterHowMuchOfThatWasForTheProcess(int waitedForTheProcess)
    {
        using var sockets = SocketPair.Make();
        using var connection = new PluginConnection(sockets.Host, new(), new Nobody());
        var sent = Environment.TickCount64;
        var call = connection.Begin(asked: sent - waitedForTheProcess);
        Assert.False(call.IsLost(sent + 1_000_000), "A call that somebody waits for was taken for lost.");
        call.Cancel();

        var deadline = Environment.TickCount64 - sent + waitedForTheProcess;
        Assert.False(call.IsLost(sent + (3 * waitedForTheProcess)), "It was taken for lost before three times its deadline.");
        Assert.True(call.IsLost(sent + (3 * deadline) + 1000), "It was not taken for lost after three times its deadline.");
    }

    private sealed class Nobody : IConnectionOwner
    {
        public void Log(string plugin, string level, string message)
        {
        }

        public void Purge(string plugin, IReadOnlyList<string> tags, Action<string?> done)
        {
        }

        public void Ended(string why)
        {
        }
    }
}
