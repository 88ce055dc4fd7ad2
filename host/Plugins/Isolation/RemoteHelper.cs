using System.Text.Json;
using Platform.Host.Plugins.Isolation.Frames;
using Platform.Sdk;

namespace Platform.Host.Plugins.Isolation;

/// <summary>A helper of a plugin in a child. The thread that renders waits for its answer, and renders what the helper asks for meanwhile.</summary>
internal sealed class RemoteHelper(ChildGroup group, RemotePlugin plugin, string name)
{
    /// <summary>What templates call.</summary>
    internal TemplateHelper Template(bool isBlock) => isBlock
        ? TemplateHelper.Block(name, block => Invoke(block, block))
        : TemplateHelper.Value(name, call => Invoke(call, null));

    private object? Invoke(TemplateCall given, TemplateBlock? block)
    {
        while (true)
        {
            var connection = group.Process.WaitForConnection(group.RenderTime);
            var call = connection.BeginServed();
            if (TrySend(connection, call, given, block)) return Serve(connection, call, given, block, group.RenderTime);
        }
    }

    /// <summary>Waits for a call's answer, and does meanwhile what the child asks for.</summary>
    internal static object? Serve(PluginConnection connection, ServedCall call, TemplateCall given, TemplateBlock? block, TimeSpan within)
    {
        var until = Environment.TickCount64 + (long)within.TotalMilliseconds;
        var isOver = false;
        try
        {
            while (true)
            {
                using var frame = call.Next(TimeSpan.FromMilliseconds(until - Environment.TickCount64))
                    ?? throw new RemoteException($"no answer within {within.TotalMilliseconds:0} ms, in which a page is rendered");
                switch (frame.Head.Type)
                {
                    case FrameType.Context:
                        GiveContext(connection, call, given);
                        break;
                    case FrameType.Render when block is not null:
                        ErrorFrame.Understood(connection, frame, RenderRequest.Read).Do(connection, call, block);
                        break;
                    case FrameType.Render:
                        connection.Refuse("it asks for a part of a block, and the helper is none");
                        throw new RemoteException("it asks for a part of a block, and is none");
                    default:
                        isOver = true;
                        ErrorFrame.ThrowIfError(connection, frame);
                        return End(connection, frame, block);
                }
            }
        }
        finally
        {
            if (!isOver) call.Cancel();
        }
    }

    private static object? End(PluginConnection connection, ReceivedFrame frame, TemplateBlock? block)
    {
        var (value, html) = ErrorFrame.Understood(connection, frame, frame =>
        {
            var (value, html) = ((object?)null, "");
            var reader = frame.Reader();
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                if (FrameMember.Is(ref reader, "value"u8)) value = new ValueReader(connection.Limits).Read(ref reader);
                else if (FrameMember.Is(ref reader, "write"u8)) html = FrameMember.Text(ref reader, int.MaxValue);
                else FrameMember.Pass(ref reader);
            }

            return (value, html);
        });
        if (html.Length > 0) block?.Write(html);
        return value;
    }

    private static void GiveContext(PluginConnection connection, ServedCall call, TemplateCall given)
    {
        var frame = FrameBuffer.Begin(FrameType.Context.Word(), call.Id);
        frame.Json.WritePropertyName("value"u8);
        FrameValue.Write(frame.Json, given.Context);
        call.Done();
        connection.Reply(frame);
    }

    private bool TrySend(PluginConnection connection, ServedCall call, TemplateCall given, TemplateBlock? block)
    {
        var frame = plugin.BeginHelper(call, name);
        var json = frame.Json;
        json.WriteStartArray("arguments"u8);
        foreach (var argument in given.Arguments) FrameValue.Write(json, argument);
        json.WriteEndArray();
        if (given.Named.Count > 0)
        {
            json.WriteStartObject("named"u8);
            foreach (var (key, value) in given.Named)
            {
                json.WritePropertyName(key);
                FrameValue.Write(json, value);
            }

            json.WriteEndObject();
        }

        WriteContext(json, given.Context);
        if (block is not null)
        {
            if (block.HasElse) json.WriteBoolean("has_else"u8, true);
            if (block.Parameters > 0) json.WriteNumber("parameters"u8, block.Parameters);
        }

        return connection.TrySend(call, frame);
    }

    // What may be the whole page's data goes only to those who ask for it.
    private static void WriteContext(Utf8JsonWriter json, object? context)
    {
        if (context is IReadOnlyDictionary<string, object?>) json.WriteString("context_is"u8, "map"u8);
        else if (context is IReadOnlyList<object?>) json.WriteString("context_is"u8, "list"u8);
        else if (context is not null)
        {
            json.WritePropertyName("context"u8);
            FrameValue.Write(json, context);
        }
    }
}
