using System.Diagnostics;
using System.Net.Sockets;
using Platform.Bench.Templates;
using Platform.Host.Plugins.Isolation;
using Platform.Host.Plugins.Isolation.Frames;
using Platform.Sdk;

namespace Platform.Bench.Isolation;

/// <summary>The host's end of a connection to a child that sends whatever it likes. An exception that leaves the connection ends this process.</summary>
internal sealed class FrameRun(ulong seed) : IConnectionOwner
{
    private const int CallsAtOnce = 16;
    private const int Batch = 64;

    private readonly FrameLimits limits = new(MaxBytes: 64 * 1024);
    private readonly TemplateCall given = new([]);
    private long answered;
    private long failed;
    private long cuts;
    private long lines;
    private long purges;
    private long received;
    private long lastId;

    /// <summary>Runs until so many frames have come.</summary>
    public async Task<FrameOutcome> RunAsync(long count)
    {
        var (mutator, watch) = (new FrameMutator(new Chance(seed)), Stopwatch.StartNew());
        var before = 0.0;
        long sent = 0, connections = 0;
        while (received < count)
        {
            connections++;
            using var pair = SocketPair.Make();
            // Every other one is not cut for what it does not understand: it is to meet as much as it can.
            using var connection = new PluginConnection(pair.Host, limits, this) { MostBadFrames = connections % 2 == 0 ? 20 : int.MaxValue };
            connection.Start("fuzz");
            Volatile.Write(ref lastId, 0);
            var calling = Enumerable.Range(0, CallsAtOnce).Select(n => Task.Run(() => CallAsync(connection, n))).ToArray();
            var drain = Task.Run(() => Drain(pair.Child));
            sent += Send(pair.Child, mutator, 20_000);
            pair.Child.Close();
            await Task.WhenAll(calling).WaitAsync(TimeSpan.FromSeconds(20));
            await drain;
            received += connection.Received;
            if (connection.Calls != 0) throw new InvalidOperationException($"{connection.Calls} calls have not ended with their connection.");
            if (before == 0 && received > count / 10) before = MemoryMb();
        }

        return new(sent, received, connections, Volatile.Read(ref cuts), Volatile.Read(ref answered), Volatile.Read(ref failed), Volatile.Read(ref lines), Volatile.Read(ref purges), watch.Elapsed.TotalSeconds, MemoryMb() - before);
    }

    public void Log(string plugin, string level, string message) => Interlocked.Increment(ref lines);

    public void Purge(string plugin, IReadOnlyList<string> tags, Action<string?> done)
    {
        Interlocked.Increment(ref purges);
        done(null);
    }

    public void Ended(string why) => Interlocked.Increment(ref cuts);

    private static double MemoryMb()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        return GC.GetTotalMemory(forceFullCollection: true) / 1048576.0;
    }

    private static void Drain(Socket socket)
    {
        var buffer = new byte[65536];
        try
        {
            while (socket.Receive(buffer) > 0)
            {
                // What the host says is of no interest here.
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // Cut.
        }
    }

    private long Send(Socket socket, FrameMutator mutator, long most)
    {
        using var output = new MemoryStream();
        long sent = 0;
        try
        {
            while (sent < most)
            {
                output.SetLength(0);
                for (var i = 0; i < Batch; i++) mutator.Append(output, Volatile.Read(ref lastId));
                socket.Send(output.GetBuffer().AsSpan(0, (int)output.Length));
                sent += Batch;
            }
        }
        catch (SocketException)
        {
            // Cut.
        }

        return Math.Max(sent, Batch);
    }

    private async Task CallAsync(PluginConnection connection, int kind)
    {
        while (true)
        {
            var request = new RequestParameter();
            try
            {
                if (kind % 4 == 3) Serve(connection);
                else await AskAsync(connection, kind, request);
                Interlocked.Increment(ref answered);
            }
            catch (Exception exception) when (exception is RemoteException or ArgumentException)
            {
                Interlocked.Increment(ref failed);
                if (connection.HasEnded) return;
            }
        }
    }

    private async Task AskAsync(PluginConnection connection, int kind, RequestParameter request)
    {
        var call = connection.Begin();
        Volatile.Write(ref lastId, call.Id);
        var frame = FrameBuffer.Begin(FrameType.DataFor.Word(), call.Id);
        RequestFrame.Write(frame.Json, request, RequestPart.None);
        if (!connection.TrySend(call, frame)) throw new RemoteException("not sent");
        using var answer = await call.AnswerAsync(default);
        if (kind % 4 == 0) RemotePlugin.Page(connection, answer, request, RequestPart.None);
        else if (kind % 4 == 1) RemotePlugin.Read(connection, answer, request, RequestPart.None, static (answer, limits) => AnswerFrame.ReadApi(answer, limits));
        else RemotePlugin.Read(connection, answer, request, RequestPart.None, static (answer, _) => AnswerFrame.ReadMiddleware(answer));
    }

    private void Serve(PluginConnection connection)
    {
        var call = connection.BeginServed();
        Volatile.Write(ref lastId, call.Id);
        var frame = FrameBuffer.Begin(FrameType.Helper.Word(), call.Id);
        if (!connection.TrySend(call, frame)) throw new RemoteException("not sent");
        RemoteHelper.Serve(connection, call, given, new IdleBlock(), TimeSpan.FromSeconds(20));
    }

    /// <summary>A block that renders nothing.</summary>
    private sealed class IdleBlock() : TemplateBlock([])
    {
        public override bool HasElse => false;

        public override int Parameters => 0;

        public override void Render(object? context, IReadOnlyDictionary<string, object?>? variables = null, params ReadOnlySpan<object?> parameters)
        {
        }

        public override void RenderElse(object? context)
        {
        }

        public override string Capture(object? context, IReadOnlyDictionary<string, object?>? variables = null, params ReadOnlySpan<object?> parameters) => "";

        public override void Write(string html)
        {
        }
    }
}

/// <summary>What a run has found.</summary>
public sealed record FrameOutcome(long Sent, long Received, long Connections, long Cuts, long Answered, long Failed, long Lines, long Purges, double Seconds, double GrownMb);
