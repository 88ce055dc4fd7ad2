using System.Text.Json;
using Platform.Host.Plugins.Isolation.Frames;
using Platform.Sdk;

namespace Platform.Host.Plugins.Isolation;

/// <summary>A plugin in a child process, as the rest of the server sees it: each of its members is a frame.</summary>
internal sealed class RemotePlugin(ChildGroup group, string name) : IPlugin, IPageMiddleware, IReloadable, IBackgroundWork, IAsyncDisposable
{
    /// <summary>A turn of work that is cancelled early, since a newer version serves, has this long to end.</summary>
    private static readonly TimeSpan WorkPatience = TimeSpan.FromSeconds(10);

    private volatile RemoteFacts facts = RemoteFacts.None;

    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc/>
    public MiddlewareSlot Slot => facts.Slot ?? default;

    /// <inheritdoc/>
    public TimeSpan Interval => facts.Work ?? default;

    /// <summary>What it said of itself when it was ready.</summary>
    internal RemoteFacts Facts => facts;

    /// <summary>What it was started with, and is started with again; null until then, and once it is disposed.</summary>
    internal PluginConfig? Config { get; private set; }

    /// <summary>Where its lines go, those of its start too; null until then.</summary>
    internal IPluginLog? Log { get; private set; }

    /// <summary>What it may do with stored pages, in its start too; null until then.</summary>
    internal IPageCache? Pages { get; private set; }

    /// <inheritdoc/>
    public async ValueTask InitAsync(PluginConfig config, CancellationToken cancel)
    {
        (Log, Pages) = (config.Log, config.Pages);
        facts = await InitAsync(await group.Process.ConnectionAsync(cancel), config, cancel);
        Config = config;
    }

    /// <summary>Starts it once more, in the process that took the place of one that ended; on this thread.</summary>
    internal void StartAgain(PluginConnection connection, TimeSpan within)
    {
        if (Config is not { } config) return;
        var call = connection.BeginServed();
        if (!connection.TrySend(call, InitFrame(call, config))) throw new RemoteException("its process ended as soon as it was started");
        using var answer = call.Next(within) ?? throw new RemoteException($"InitAsync did not end within {within.TotalSeconds:0} s");
        var now = FactsIn(connection, answer);
        if (!now.IsAsBefore(facts)) throw new RemoteException("the plugin has other powers or helpers than when it was started first");
        facts = now;
    }

    /// <inheritdoc/>
    public async ValueTask<PageData?> DataForAsync(string path, RequestParameter request, CancellationToken cancel)
    {
        var (connection, answer) = await AskAsync(FrameType.DataFor, (path, request, group), static (json, asked) =>
        {
            json.WriteString("path"u8, asked.path);
            RequestFrame.Write(json, asked.request, asked.group.Wants);
        }, cancel);
        using (answer) return Page(connection, answer, request, group.Wants);
    }

    /// <inheritdoc/>
    public async ValueTask<PageData?> GlobalDataAsync(RequestParameter request, CancellationToken cancel)
    {
        var (connection, answer) = await AskAsync(FrameType.GlobalData, (request, group), static (json, asked) => RequestFrame.Write(json, asked.request, asked.group.Wants), cancel);
        using (answer) return Page(connection, answer, request, group.Wants);
    }

    /// <inheritdoc/>
    public async ValueTask<ApiResult?> ApiDispatchAsync(string app, RequestParameter request, CancellationToken cancel)
    {
        var (connection, answer) = await AskAsync(FrameType.ApiDispatch, (app, request, group), static (json, asked) =>
        {
            json.WriteString("app"u8, asked.app);
            RequestFrame.Write(json, asked.request, asked.group.Wants);
        }, cancel);
        using (answer) return Read(connection, answer, request, group.Wants, static (answer, limits) => AnswerFrame.ReadApi(answer, limits));
    }

    /// <inheritdoc/>
    public async ValueTask<MiddlewareResult?> InvokeAsync(RequestParameter request, CancellationToken cancel)
    {
        var (connection, answer) = await AskAsync(FrameType.Middleware, (request, group), static (json, asked) => RequestFrame.Write(json, asked.request, asked.group.Wants), cancel);
        using (answer) return Read(connection, answer, request, group.Wants, static (answer, _) => AnswerFrame.ReadMiddleware(answer));
    }

    /// <inheritdoc/>
    public async ValueTask ReloadAsync(PluginConfig config, CancellationToken cancel)
    {
        var (connection, answer) = await AskAsync(FrameType.Reload, config, ConfigFrame.Write, cancel);
        using (answer) ErrorFrame.ThrowIfError(connection, answer);
        Config = config;
    }

    /// <inheritdoc/>
    public async ValueTask WorkAsync(CancellationToken cancel)
    {
        var (connection, answer) = await AskAsync(FrameType.Work, false, static (_, _) => { }, cancel, WorkPatience);
        using (answer) ErrorFrame.ThrowIfError(connection, answer);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Config = null;
        // A child that is not there has nothing to dispose.
        if (group.Process.Connection is not { } connection) return;
        var call = connection.Begin();
        if (connection.TrySend(call, Begin(FrameType.Dispose, call))) (await call.AnswerAsync(default)).Dispose();
    }

    /// <summary>A helper's call; blocks the thread, which renders a page.</summary>
    internal FrameBuffer BeginHelper(ServedCall call, string helper)
    {
        var frame = Begin(FrameType.Helper, call);
        frame.Json.WriteString("helper"u8, helper);
        return frame;
    }

    private async Task<RemoteFacts> InitAsync(PluginConnection connection, PluginConfig config, CancellationToken cancel)
    {
        var call = connection.Begin();
        if (!connection.TrySend(call, InitFrame(call, config))) throw new RemoteException("its process ended as soon as it was started");
        using var answer = await call.AnswerAsync(cancel);
        return FactsIn(connection, answer);
    }

    private FrameBuffer InitFrame(RemoteCall call, PluginConfig config)
    {
        var frame = Begin(FrameType.Init, call);
        ConfigFrame.Write(frame.Json, config);
        return frame;
    }

    private static RemoteFacts FactsIn(PluginConnection connection, ReceivedFrame answer)
    {
        ErrorFrame.ThrowIfError(connection, answer);
        return ErrorFrame.Understood(connection, answer, static answer => RemoteFacts.Read(answer));
    }

    /// <summary>Asks the process that is there; a call that has not left for one that ended goes to the next.</summary>
    private async ValueTask<(PluginConnection Connection, ReceivedFrame Answer)> AskAsync<T>(FrameType type, T asked, Action<Utf8JsonWriter, T> write, CancellationToken cancel, TimeSpan? patience = null)
    {
        var since = Environment.TickCount64;
        while (true)
        {
            var connection = await group.Process.ConnectionAsync(cancel);
            var call = connection.Begin(since, patience);
            var frame = Begin(type, call);
            write(frame.Json, asked);
            if (connection.TrySend(call, frame)) return (connection, await call.AnswerAsync(cancel));
        }
    }

    private FrameBuffer Begin(FrameType type, RemoteCall call)
    {
        var frame = FrameBuffer.Begin(type.Word(), call.Id);
        frame.Json.WriteString("plugin"u8, name);
        return frame;
    }

    /// <summary>The data in an answer; what they were made from is marked on the request.</summary>
    internal static PageData? Page(PluginConnection connection, ReceivedFrame frame, RequestParameter request, RequestPart wants)
    {
        var rest = frame.Head.Rest > 0 ? frame.Json[frame.Head.Rest..] : default;
        if (!connection.Known.TryGet(rest, out var answer, out var print))
        {
            ErrorFrame.ThrowIfError(connection, frame);
            answer = ErrorFrame.Understood(connection, frame, answer => AnswerFrame.ReadPage(answer, connection.Limits));
            connection.Known.See(rest, print, answer);
        }

        Mark(request, answer.Read, wants);
        return answer.Value;
    }

    /// <summary>Where a plugin does not say what it has read, that is all it was sent.</summary>
    private static void Mark(RequestParameter request, RequestReads? read, RequestPart wants)
    {
        if (read is not null) request.Reads.Add(read);
        else request.Reads.Add(RequestParts.Always | wants);
    }

    /// <summary>Another answer, likewise.</summary>
    internal static T? Read<T>(PluginConnection connection, ReceivedFrame frame, RequestParameter request, RequestPart wants, Func<ReceivedFrame, FrameLimits, Answer<T>> read)
        where T : class
    {
        ErrorFrame.ThrowIfError(connection, frame);
        var answer = ErrorFrame.Understood(connection, frame, frame => read(frame, connection.Limits));
        Mark(request, answer.Read, wants);
        return answer.Value;
    }
}
