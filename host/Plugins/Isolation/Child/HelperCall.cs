using System.Text.Json;
using Platform.Host.Plugins.Isolation.Frames;
using Platform.Sdk;

namespace Platform.Host.Plugins.Isolation.Child;

/// <summary>A helper's call in the child.</summary>
internal sealed class HelperCall
{
    private readonly FrameLimits limits = new(MaxDepth: 60, MaxValues: 1_000_000);
    private readonly ChildCall call;
    private readonly ChildHost host;
    private string plugin = "";
    private string helper = "";
    private object?[] arguments = [];
    private Dictionary<string, object?>? named;
    private object? context;
    private bool hasElse;
    private int parameters;

    private HelperCall(ChildCall call, ChildHost host) => (this.call, this.host) = (call, host);

    internal static HelperCall Read(ReceivedFrame frame, ChildCall call, ChildHost host)
    {
        var read = new HelperCall(call, host);
        read.Read(frame);
        return read;
    }

    internal FrameBuffer Run()
    {
        var template = host.PluginOf(plugin).Helper(helper);
        if (!template.IsBlock)
        {
            var value = template.Invoke(new TemplateCall(arguments, named, context));
            var answer = FrameBuffer.Begin(FrameType.Result.Word(), call.Id);
            answer.Json.WritePropertyName("value"u8);
            FrameValue.Write(answer.Json, value);
            return answer;
        }

        var block = new ChildBlock(call, arguments, named, context, hasElse, parameters);
        template.Invoke(block);
        var result = FrameBuffer.Begin(FrameType.Result.Word(), call.Id);
        block.WriteRest(result);
        return result;
    }

    private void Read(ReceivedFrame frame)
    {
        var reader = frame.Reader();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (FrameMember.Is(ref reader, "plugin"u8)) plugin = FrameText.ReadKey(ref reader);
            else if (FrameMember.Is(ref reader, "helper"u8)) helper = FrameText.ReadKey(ref reader);
            else if (FrameMember.Is(ref reader, "arguments"u8)) arguments = ValueReader.Each(ref reader, limits);
            else if (FrameMember.Is(ref reader, "named"u8)) named = ReadNamed(ref reader);
            else if (FrameMember.Is(ref reader, "context"u8)) context = new ValueReader(limits).Read(ref reader);
            else if (FrameMember.Is(ref reader, "context_is"u8)) context = FrameMember.Text(ref reader, 16) == "list" ? new ContextList(call, limits) : new ContextMap(call, limits);
            else if (FrameMember.Is(ref reader, "has_else"u8)) hasElse = FrameMember.Flag(ref reader);
            else if (FrameMember.Is(ref reader, "parameters"u8)) parameters = FrameMember.Whole(ref reader);
            else FrameMember.Pass(ref reader);
        }
    }

    private Dictionary<string, object?> ReadNamed(ref Utf8JsonReader reader)
    {
        var (values, read) = (new ValueReader(limits), new Dictionary<string, object?>(StringComparer.Ordinal));
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = FrameText.ReadKey(ref reader);
            reader.Read();
            read[name] = values.Read(ref reader);
        }

        return read;
    }
}
