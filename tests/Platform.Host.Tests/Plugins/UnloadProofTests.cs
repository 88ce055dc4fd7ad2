using System.Runtime.CompilerServices;
using System.Runtime.Loader;
using Microsoft.Extensions.Logging.Abstractions;
using Platform.Host.Plugins.Unloading;

namespace Platform.Host.Tests.Plugins;

/// <summary>The proof that a load context is gone, and the count of those that are not.</summary>
public sealed class UnloadProofTests
{
    [Fact]
    public async Task Context_ThatNobodyHolds_IsProvedGone()
    {
        var ledger = new UnloadLedger();
        var outcome = await Unload(new UnloadProof(ledger, NullLogger.Instance));
        Assert.True(outcome.IsGone, $"Held by: {string.Join(' ', outcome.Holders)}");
        Assert.Empty(outcome.Holders);
        Assert.Equal((1, 0), (ledger.Of("weather").Unloaded, ledger.Of("weather").Leaked));
    }

    [Fact]
    public async Task Context_ThatAnEventOfTheProcessHolds_IsNamedWithTheEvent()
    {
        var ledger = new UnloadLedger();
        var (outcome, holder) = UnloadHeld(new UnloadProof(ledger, NullLogger.Instance));
        try
        {
            var told = await outcome;
            Assert.False(told.IsGone);
            Assert.Contains(told.Holders, text => text.StartsWith("AppDomain.ProcessExit → ", StringComparison.Ordinal));
            Assert.Equal(1, ledger.Of("weather").Leaked);
        }
        finally
        {
            AppDomain.CurrentDomain.ProcessExit -= holder;
        }
    }

    [Fact]
    public void Ledger_OfAVersionThatGoesLate_CountsItAsGone()
    {
        var ledger = new UnloadLedger();
        Assert.Equal(UnloadCount.None, ledger.Of("weather"));
        ledger.Record("weather", new(IsGone: false, TimeSpan.FromSeconds(10), ["a timer"]));
        ledger.Record("weather", new(IsGone: false, TimeSpan.FromSeconds(10), ["a thread"]));
        Assert.Equal(("a thread", 2), (Assert.Single(ledger.Of("weather").Holders), ledger.Of("weather").Leaked));
        ledger.RecordLate("weather");
        Assert.Equal((1, 1, 1), (ledger.Of("weather").Unloaded, ledger.Of("weather").Leaked, ledger.Of("weather").Holders.Count));
        ledger.RecordLate("weather");
        Assert.Equal((2, 0, 0), (ledger.Of("weather").Unloaded, ledger.Of("weather").Leaked, ledger.Of("weather").Holders.Count));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Task<UnloadOutcome> Unload(UnloadProof proof)
    {
        var context = new AssemblyLoadContext("weather", isCollectible: true);
        Load(context);
        return proof.UnloadAsync("weather", "1.0.0", context);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static (Task<UnloadOutcome> Outcome, EventHandler Holder) UnloadHeld(UnloadProof proof)
    {
        var context = new AssemblyLoadContext("weather", isCollectible: true);
        // A handler of a type that the context has loaded: this test's own, a second time.
        var holder = (EventHandler)Delegate.CreateDelegate(typeof(EventHandler), Load(context).GetType(typeof(UnloadProofTests).FullName!)!.GetMethod(nameof(OnExit), System.Reflection.BindingFlags.Static | System.Reflection.BindingFlags.NonPublic)!);
        AppDomain.CurrentDomain.ProcessExit += holder;
        return (proof.UnloadAsync("weather", "1.0.0", context), holder);
    }

    /// <summary>Subscribed to an event by a second copy of this class.</summary>
    private static void OnExit(object? sender, EventArgs arguments)
    {
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static System.Reflection.Assembly Load(AssemblyLoadContext context)
    {
        using var bytes = new MemoryStream(File.ReadAllBytes(typeof(UnloadProofTests).Assembly.Location));
        return context.LoadFromStream(bytes);
    }
}
