using System.Text;
using System.Text.Json;
using Platform.Host.Plugins.Isolation.Frames;
using Platform.Sdk;

namespace Platform.Host.Plugins.Isolation.Child;

/// <summary>The block of a helper in the child: what it renders, the host renders. What it writes goes along with the next question.</summary>
internal sealed class ChildBlock(ChildCall call, IReadOnlyList<object?> arguments, IReadOnlyDictionary<string, object?>? named, object? context, bool hasElse, int parameters)
    : TemplateBlock(arguments, named, context)
{
    private const int MostWritten = 32 * 1024;

    private readonly StringBuilder written = new();

    public override bool HasElse => hasElse;

    public override int Parameters => parameters;

    public override void Render(object? context, IReadOnlyDictionary<string, object?>? variables = null, params ReadOnlySpan<object?> parameters) =>
        Ask(Body(context, variables, parameters)).Dispose();

    public override void RenderElse(object? context)
    {
        var frame = Begin("else"u8);
        WriteContext(frame, context);
        Ask(frame).Dispose();
    }

    public override string Capture(object? context, IReadOnlyDictionary<string, object?>? variables = null, params ReadOnlySpan<object?> parameters)
    {
        var frame = Body(context, variables, parameters);
        frame.Json.WriteBoolean("capture"u8, true);
        using var answer = Ask(frame);
        var html = "";
        var reader = answer.Reader();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (FrameMember.Is(ref reader, "html"u8)) html = FrameMember.Text(ref reader, int.MaxValue);
            else FrameMember.Pass(ref reader);
        }

        return html;
    }

    public override void Write(string html)
    {
        ArgumentNullException.ThrowIfNull(html);
        written.Append(html);
        if (written.Length > MostWritten) Ask(Begin("none"u8)).Dispose();
    }

    /// <summary>Adds what is written and not sent to the answer.</summary>
    internal void WriteRest(FrameBuffer frame)
    {
        if (written.Length > 0) frame.Json.WriteString("write"u8, written.ToString());
        written.Clear();
    }

    private ReceivedFrame Ask(FrameBuffer frame) => call.Ask(frame);

    private FrameBuffer Body(object? context, IReadOnlyDictionary<string, object?>? variables, ReadOnlySpan<object?> parameters)
    {
        // Made part of the value model first: what can't be is the helper's mistake, and no frame is begun for it.
        var (data, values) = (variables is null ? null : new DataMap(variables), new object?[parameters.Length]);
        for (var i = 0; i < values.Length; i++) values[i] = Value(parameters[i]);
        var frame = Begin("body"u8);
        WriteContext(frame, context);
        if (data is not null)
        {
            frame.Json.WritePropertyName("variables"u8);
            FrameValue.WriteMap(frame.Json, data);
        }

        if (values.Length == 0) return frame;
        frame.Json.WriteStartArray("parameters"u8);
        foreach (var value in values) FrameValue.Write(frame.Json, value);
        frame.Json.WriteEndArray();
        return frame;
    }

    private FrameBuffer Begin(ReadOnlySpan<byte> part)
    {
        var frame = FrameBuffer.Begin(FrameType.Render.Word());
        frame.Json.WriteNumber("call"u8, call.Id);
        frame.Json.WriteString("part"u8, part);
        WriteRest(frame);
        return frame;
    }

    // The one it was called with need not be sent: the host has it.
    private void WriteContext(FrameBuffer frame, object? context)
    {
        if (ReferenceEquals(context, Context)) return;
        var value = Value(context);
        frame.Json.WritePropertyName("context"u8);
        FrameValue.Write(frame.Json, value);
    }

    private static object? Value(object? value) => value is Html ? value : new DataMap { ["value"] = value }["value"];
}
