using System.Buffers;
using System.Diagnostics;
using System.Text.Json;
using Platform.Sdk;

namespace Platform.Bench.Templates.Rendering;

/// <summary>The page made by each peer in turn, round by round, in one process; prints its figures as JSON.</summary>
internal static class EngineRun
{
    private const int Batch = 20;

    public static int Run(string bench, int milliseconds, int rounds, int warmup)
    {
        var model = Peer.Model(bench);
        var peers = Peer.All(bench);
        foreach (var peer in peers) MustBeEqual(peer, model, Peer.Expected(bench));
        foreach (var peer in peers) Renders(peer, model, TimeSpan.FromSeconds(warmup));
        foreach (var peer in peers) Compiles(peer, TimeSpan.FromSeconds(warmup));
        var each = TimeSpan.FromMilliseconds(milliseconds);

        var figures = peers.ToDictionary(peer => peer, peer => new Figures(peer.Name));
        for (var round = 0; round < rounds; round++)
        {
            foreach (var peer in peers) figures[peer].Render.Add(Renders(peer, model, each));
            foreach (var peer in peers.Where(p => p.Compile is not null)) figures[peer].Compile.Add(Compiles(peer, each));
        }

        foreach (var peer in peers) figures[peer].Bytes = BytesEach(peer, model);
        Console.WriteLine(JsonSerializer.Serialize(figures.Values));
        return 0;
    }

    /// <summary>Bytes that one rendering allocates on its thread, once it is warm; the output's own memory is kept.</summary>
    public static double BytesEach(Peer peer, DataMap model)
    {
        const int times = 1000;
        var output = new ArrayBufferWriter<byte>(64 * 1024);
        var least = long.MaxValue;
        for (var attempt = 0; attempt < 5; attempt++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < times; i++)
            {
                output.ResetWrittenCount();
                peer.Render(model, output);
            }

            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return (double)least / times;
    }

    private static void MustBeEqual(Peer peer, DataMap model, byte[] expected)
    {
        var output = new ArrayBufferWriter<byte>();
        peer.Render(model, output);
        if (output.WrittenSpan.SequenceEqual(expected)) return;
        var at = output.WrittenSpan.CommonPrefixLength(expected);
        throw new InvalidOperationException($"{peer.Name}: {output.WrittenCount} bytes found that differ from page.html at byte {at}; expected its {expected.Length} bytes.");
    }

    /// <summary>Microseconds a rendering.</summary>
    private static double Renders(Peer peer, DataMap model, TimeSpan time)
    {
        var output = new ArrayBufferWriter<byte>(64 * 1024);
        return Each(time, () =>
        {
            output.ResetWrittenCount();
            peer.Render(model, output);
        });
    }

    /// <summary>Microseconds until page and partials are compiled.</summary>
    private static double Compiles(Peer peer, TimeSpan time) => peer.Compile is null ? 0 : Each(time, peer.Compile);

    private static double Each(TimeSpan time, Action once)
    {
        var started = Stopwatch.GetTimestamp();
        var count = 0;
        while (Stopwatch.GetElapsedTime(started) < time)
        {
            for (var i = 0; i < Batch; i++) once();
            count += Batch;
        }

        return Stopwatch.GetElapsedTime(started).TotalMicroseconds / count;
    }

    private sealed record Figures(string Name)
    {
        public List<double> Render { get; } = [];

        public List<double> Compile { get; } = [];

        public double Bytes { get; set; }
    }
}
