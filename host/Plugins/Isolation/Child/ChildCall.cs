using System.Text.Json;
using Platform.Host.Plugins.Isolation.Frames;
using Platform.Sdk;

namespace Platform.Host.Plugins.Isolation.Child;

/// <summary>A call of the host, from its frame to its answer, on a thread of the pool.</summary>
internal sealed class ChildCall(ChildHost host, ReceivedFrame frame) : IThreadPoolWorkItem
{
    private readonly CancellationTokenSource cancel = new();
    private readonly SemaphoreSlim arrived = new(0);
    private ReceivedFrame? reply;

    internal long Id { get; } = frame.Head.Id;

    public void Execute() => _ = RunAsync();

    /// <summary>Nobody waits for it any more.</summary>
    internal void Cancel() => _ = cancel.CancelAsync();

    /// <summary>What a helper has asked for has come.</summary>
    internal void Take(ReceivedFrame answer)
    {
        reply = answer;
        arrived.Release();
    }

    /// <summary>Sends what a helper asks for, and waits for it.</summary>
    internal ReceivedFrame Ask(FrameBuffer question)
    {
        host.Send(question, 0);
        arrived.Wait(cancel.Token);
        return reply!;
    }

    private async Task RunAsync()
    {
        FrameBuffer answer;
        try
        {
            using (frame) answer = await AnswerAsync();
        }
        catch (Exception exception)
        {
            // Why a plugin can't be started is said in the words in which the server would say it of its own.
            answer = ErrorFrame.Of(Id, frame.Head.Type is FrameType.Load or FrameType.Init ? new PluginStartException(PluginUpdate.Explain(exception)) : exception);
        }

        host.Leave(Id);
        host.Send(answer, Id, atOnce: frame.Head.Type == FrameType.Helper);
    }

    private ValueTask<FrameBuffer> AnswerAsync() => frame.Head.Type switch
    {
        FrameType.DataFor => DataForAsync(),
        FrameType.GlobalData => GlobalDataAsync(),
        FrameType.ApiDispatch => ApiDispatchAsync(),
        FrameType.Middleware => MiddlewareAsync(),
        FrameType.Helper => new(HelperCall.Read(frame, this, host).Run()),
        FrameType.Load => LoadAsync(),
        FrameType.Init => InitAsync(),
        FrameType.Reload => ReloadAsync(),
        FrameType.Work => WorkAsync(),
        FrameType.Dispose => DisposeAsync(),
        _ => throw new RemoteException($"a {frame.Head.Type.Word()} is not for a plugin"),
    };

    private FrameBuffer Result() => FrameBuffer.Begin(FrameType.Result.Word(), Id);

    private async ValueTask<FrameBuffer> DataForAsync()
    {
        var (plugin, what, request) = ReadRequest();
        var data = await host.PluginOf(plugin).Plugin.DataForAsync(what, request, cancel.Token);
        return Page(data, request);
    }

    private async ValueTask<FrameBuffer> GlobalDataAsync()
    {
        var (plugin, _, request) = ReadRequest();
        var data = await host.PluginOf(plugin).Plugin.GlobalDataAsync(request, cancel.Token);
        return Page(data, request);
    }

    private async ValueTask<FrameBuffer> ApiDispatchAsync()
    {
        var (plugin, app, request) = ReadRequest();
        var data = await host.PluginOf(plugin).Plugin.ApiDispatchAsync(app, request, cancel.Token);
        var answer = Result();
        AnswerFrame.Write(answer.Json, data, request.Reads);
        return answer;
    }

    private async ValueTask<FrameBuffer> MiddlewareAsync()
    {
        var (plugin, _, request) = ReadRequest();
        var data = await ((IPageMiddleware)host.PluginOf(plugin).Plugin).InvokeAsync(request, cancel.Token);
        var answer = Result();
        AnswerFrame.Write(answer.Json, data, request.Reads);
        return answer;
    }

    private async ValueTask<FrameBuffer> LoadAsync()
    {
        var (version, names) = await host.LoadAsync(frame);
        var answer = FrameBuffer.Begin(FrameType.Loaded.Word(), Id);
        answer.Json.WriteString("version"u8, version);
        answer.Json.WriteStartArray("plugins"u8);
        foreach (var name in names) answer.Json.WriteStringValue(name);
        answer.Json.WriteEndArray();
        return answer;
    }

    private async ValueTask<FrameBuffer> InitAsync()
    {
        var config = ConfigFrame.Read(frame, plugin => host.PluginOf(plugin).Powers, out var name);
        var facts = await host.PluginOf(name).StartAsync(config, cancel.Token);
        var answer = FrameBuffer.Begin(FrameType.Ready.Word(), Id);
        RemoteFacts.Write(answer.Json, facts);
        return answer;
    }

    private async ValueTask<FrameBuffer> ReloadAsync()
    {
        var config = ConfigFrame.Read(frame, plugin => host.PluginOf(plugin).Powers, out var name);
        await ((IReloadable)host.PluginOf(name).Plugin).ReloadAsync(config, cancel.Token);
        return Result();
    }

    private async ValueTask<FrameBuffer> WorkAsync()
    {
        var (plugin, _, _) = ReadRequest();
        await ((IBackgroundWork)host.PluginOf(plugin).Plugin).WorkAsync(cancel.Token);
        return Result();
    }

    private async ValueTask<FrameBuffer> DisposeAsync()
    {
        var (plugin, _, _) = ReadRequest();
        await host.PluginOf(plugin).DisposeAsync();
        return Result();
    }

    private FrameBuffer Page(PageData? data, RequestParameter request)
    {
        data?.Freeze();
        var answer = Result();
        AnswerFrame.Write(answer.Json, data, request.Reads);
        return answer;
    }

    private (string Plugin, string What, RequestParameter Request) ReadRequest()
    {
        var (plugin, what, request) = ("", "", (RequestParameter?)null);
        var reader = frame.Reader();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (FrameMember.Is(ref reader, "plugin"u8)) plugin = FrameText.ReadKey(ref reader);
            else if (FrameMember.Is(ref reader, "path"u8) || FrameMember.Is(ref reader, "app"u8)) what = FrameText.Read(ref reader);
            else if (FrameMember.Is(ref reader, "request"u8)) request = RequestFrame.Read(ref reader);
            else FrameMember.Pass(ref reader);
        }

        return (plugin, what, request ?? new());
    }
}
