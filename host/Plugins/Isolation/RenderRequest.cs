using System.Text.Json;
using Platform.Host.Plugins.Isolation.Frames;
using Platform.Sdk;

namespace Platform.Host.Plugins.Isolation;

/// <summary>What a block helper in a child asks the host to render.</summary>
internal sealed class RenderRequest
{
    private string write = "";
    private string part = "none";
    private bool isCaptured;
    private bool hasContext;
    private object? context;
    private DataMap? variables;
    private object?[] parameters = [];

    internal static RenderRequest Read(ReceivedFrame frame)
    {
        var (request, limits) = (new RenderRequest(), new FrameLimits());
        var reader = frame.Reader();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (FrameMember.Is(ref reader, "write"u8)) request.write = FrameMember.Text(ref reader, int.MaxValue);
            else if (FrameMember.Is(ref reader, "part"u8)) request.part = FrameMember.Text(ref reader, 16);
            else if (FrameMember.Is(ref reader, "capture"u8)) request.isCaptured = FrameMember.Flag(ref reader);
            else if (FrameMember.Is(ref reader, "context"u8)) (request.context, request.hasContext) = (new ValueReader(limits).Read(ref reader), true);
            else if (FrameMember.Is(ref reader, "variables"u8)) request.variables = Variables(ref reader, limits);
            else if (FrameMember.Is(ref reader, "parameters"u8)) request.parameters = ValueReader.Each(ref reader, limits);
            else FrameMember.Pass(ref reader);
        }

        return request.part is "body" or "else" or "none" ? request : throw new FrameException($"it asks for the part \"{request.part}\" of a block; expected body, else or none");
    }

    /// <summary>Renders it, and says so.</summary>
    internal void Do(PluginConnection connection, ServedCall call, TemplateBlock block)
    {
        if (write.Length > 0) block.Write(write);
        var (given, html) = (hasContext ? context : block.Context, (string?)null);
        if (part == "else") block.RenderElse(given);
        else if (part == "body" && isCaptured) html = block.Capture(given, variables, parameters);
        else if (part == "body") block.Render(given, variables, parameters);
        var frame = FrameBuffer.Begin(FrameType.Rendered.Word(), call.Id);
        if (html is not null) frame.Json.WriteString("html"u8, html);
        call.Done();
        connection.Reply(frame);
    }

    private static DataMap? Variables(ref Utf8JsonReader reader, FrameLimits limits)
    {
        if (reader.TokenType == JsonTokenType.Null) return null;
        var map = new DataMap();
        return reader.TokenType == JsonTokenType.StartObject && new ValueReader(limits).ReadInto(ref reader, map) is null ? map : throw new FrameException("the variables are no map");
    }
}
