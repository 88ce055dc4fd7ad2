using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Platform.Host.Plugins.Isolation.Frames;
using Platform.Host.Plugins.Isolation.Processes;
using Platform.Host.Plugins.Powers;
using Platform.Sdk;

namespace Platform.Host.Plugins.Isolation.Child;

/// <summary>The child's side: a process that loads plugins and answers the host's frames until the connection ends.</summary>
public sealed class ChildHost : IFrameReceiver
{
    private static readonly TimeSpan LongestEnd = TimeSpan.FromMilliseconds(500);

    private readonly ConcurrentDictionary<long, ChildCall> calls = new();
    private readonly ConcurrentDictionary<long, TaskCompletionSource> purges = new();
    private readonly ConcurrentDictionary<string, ChildPlugin> plugins = new(StringComparer.Ordinal);
    private readonly ManualResetEventSlim ended = new();
    private readonly FrameLine line;
    private long lastId;
    private int threads = 4;
    private int largest = new FrameLimits().MaxFrame;

    private ChildHost(Socket socket) => line = new(socket, FrameLimits.ToChild, this);

    /// <summary>Becomes a child: what <c>platform plugin-host PARENT FILES [COMMAND…]</c> does.</summary>
    /// <returns>The exit code.</returns>
    public static int Run(string[] args)
    {
        ArgumentNullException.ThrowIfNull(args);
        if (args.Length < 3 || !int.TryParse(args[1], out var parent) || !int.TryParse(args[2], out var files)
            || Environment.GetEnvironmentVariable(ChildCommand.SocketVariable) is not { } path || Environment.GetEnvironmentVariable(ChildCommand.TokenVariable) is not { } token)
        {
            Console.Error.WriteLine("platform: plugin-host is what the server starts for plugins in processes of their own; it is not for people.");
            return 2;
        }

        if (OperatingSystem.IsLinux())
        {
            Posix.LeadGroup();
            Posix.EndWith(parent);
            Posix.Limit(files);
        }

        if (args.Length > 3) return CommandStart.Run(args[3..]);
        Environment.SetEnvironmentVariable(ChildCommand.TokenVariable, null);
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Connect(new UnixDomainSocketEndPoint(path));
        new ChildHost(socket).Serve(token);
        return 0;
    }

    /// <summary>Sends a frame; one that is too large becomes the failure of its call.</summary>
    internal void Send(FrameBuffer frame, long id, bool atOnce = true)
    {
        var bytes = frame.End();
        var length = bytes.Length;
        var isTooLarge = length > largest;
        if (!isTooLarge) line.Send(bytes, atOnce);
        frame.Release();
        if (isTooLarge && id > 0) Send(ErrorFrame.Of(id, new RemoteException($"the answer is {length:N0} bytes long; expected at most {largest:N0}, which result.max_kb says")), 0);
    }

    /// <summary>Asks the host to drop stored pages.</summary>
    internal async Task PurgeAsync(string plugin, IReadOnlyList<string> tags, CancellationToken cancel)
    {
        if (tags.Count > HostPages.MaxTags) throw new ArgumentException($"{tags.Count} tags; expected at most {HostPages.MaxTags}.", nameof(tags));
        var (id, done) = (Interlocked.Increment(ref lastId), new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        purges[id] = done;
        var frame = FrameBuffer.Begin(FrameType.Purge.Word(), id);
        frame.Json.WriteString("plugin"u8, plugin);
        frame.Json.WriteStartArray("tags"u8);
        foreach (var tag in tags) frame.Json.WriteStringValue(tag);
        frame.Json.WriteEndArray();
        Send(frame, 0);
        await done.Task.WaitAsync(cancel);
    }

    /// <summary>A call is over.</summary>
    internal void Leave(long id) => calls.TryRemove(id, out _);

    internal ChildPlugin PluginOf(string name) => plugins.TryGetValue(name, out var plugin) ? plugin : throw new RemoteException($"no plugin \"{name}\" is loaded here");

    /// <summary>Loads the code that a <c>load</c> names.</summary>
    internal async Task<(string Version, IReadOnlyList<string> Names)> LoadAsync(ReceivedFrame frame)
    {
        var (source, concurrency) = ReadLoad(frame);
        if (OperatingSystem.IsLinux()) Posix.Call($"plugin:{source.Name}");
        // A plugin may block the threads of all its calls.
        ThreadPool.GetMinThreads(out _, out var completions);
        ThreadPool.SetMinThreads(Interlocked.Add(ref threads, concurrency), completions);
        var runtime = new SharedRuntime(source, new(new(), NullLogger.Instance));
        var names = new List<string>();
        foreach (var plugin in await runtime.LoadAsync(default))
        {
            PluginStart.CheckName(plugin.Name);
            var own = new ChildPlugin(plugin, runtime, this);
            names.Add(own.Name);
            plugins[own.Name] = own;
        }

        return (runtime.Version, names);
    }

    void IFrameReceiver.Receive(FrameHead head, ReadOnlySpan<byte> frame)
    {
        switch (head.Type)
        {
            case FrameType.Cancel:
                if (calls.TryGetValue(head.Id, out var cancelled)) cancelled.Cancel();
                break;
            case FrameType.Rendered or FrameType.Context:
                if (calls.TryGetValue(head.Id, out var waiting)) waiting.Take(new(head, frame));
                break;
            case FrameType.Purged:
                Purged(head.Id, frame);
                break;
            default:
                var call = new ChildCall(this, new(head, frame));
                calls[head.Id] = call;
                ThreadPool.UnsafeQueueUserWorkItem(call, preferLocal: false);
                break;
        }
    }

    void IFrameReceiver.Refuse(string why) => Console.Error.WriteLine($"a frame of the server is not understood: {why}");

    void IFrameReceiver.Ended(string why)
    {
        ended.Set();
        // Whatever the plugins have left running ends with them.
        Thread.Sleep(LongestEnd);
        if (OperatingSystem.IsLinux()) Posix.KillGroup(Environment.ProcessId);
        Environment.Exit(0);
    }

    private static (PluginSource Source, int Concurrency) ReadLoad(ReceivedFrame frame)
    {
        var (name, folder, assembly, fingerprint, isBare, concurrency) = ("", "", "", "", false, 8);
        var reader = frame.Reader();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (FrameMember.Is(ref reader, "name"u8)) name = FrameMember.Text(ref reader, int.MaxValue);
            else if (FrameMember.Is(ref reader, "folder"u8)) folder = FrameMember.Text(ref reader, int.MaxValue);
            else if (FrameMember.Is(ref reader, "assembly"u8)) assembly = FrameMember.Text(ref reader, int.MaxValue);
            else if (FrameMember.Is(ref reader, "fingerprint"u8)) fingerprint = FrameMember.Text(ref reader, int.MaxValue);
            else if (FrameMember.Is(ref reader, "bare"u8)) isBare = FrameMember.Flag(ref reader);
            else if (FrameMember.Is(ref reader, "concurrency"u8)) concurrency = FrameMember.Whole(ref reader);
            else FrameMember.Pass(ref reader);
        }

        return (new(name, assembly, folder, isBare, fingerprint), concurrency);
    }

    private void Purged(long id, ReadOnlySpan<byte> frame)
    {
        if (!purges.TryRemove(id, out var done)) return;
        string? why = null;
        var reader = FrameHead.Reader(frame);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (FrameMember.Is(ref reader, "message"u8)) why = FrameMember.Text(ref reader, int.MaxValue);
            else FrameMember.Pass(ref reader);
        }

        if (why is null) done.TrySetResult();
        else done.TrySetException(new InvalidOperationException(why));
    }

    private void Serve(string token)
    {
        var hello = FrameBuffer.Begin(FrameType.Hello.Word());
        hello.Json.WriteNumber("protocol"u8, ChildHello.Spoken);
        hello.Json.WriteString("token"u8, token);
        RequestParts.Write(hello.Json, "wants"u8, RequestParts.Asked);
        if (OperatingSystem.IsLinux()) Posix.Call("plugin-host");
        Send(hello, 0);
        line.Start("host");
        ended.Wait();
    }
}
