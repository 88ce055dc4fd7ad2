using System.Buffers.Text;
using System.Text.Json;

namespace Platform.Host.Plugins.Isolation.Frames;

/// <summary>What decides where a frame goes.</summary>
/// <param name="Type">What it is.</param>
/// <param name="Id">Its id; 0 where it has none.</param>
/// <param name="Call">The call it belongs to, beside its own id; 0 for none.</param>
/// <param name="Rest">Where what follows type and id begins; 0 where these do not stand first.</param>
public readonly record struct FrameHead(FrameType Type, long Id, long Call, int Rest)
{
    private static readonly JsonReaderOptions Options = new() { MaxDepth = 64 };

    private static ReadOnlySpan<byte> Answer => "{\"type\":\"result\",\"id\":"u8;

    /// <summary>Reads a frame's head. Frames that begin as most answers do are not read to their end for it.</summary>
    /// <exception cref="FrameException">The frame is not a JSON object with a type.</exception>
    public static FrameHead Read(ReadOnlySpan<byte> frame)
    {
        if (frame.StartsWith(Answer) && Utf8Parser.TryParse(frame[Answer.Length..], out long id, out var digits) && frame.Length > Answer.Length + digits && frame[Answer.Length + digits] is (byte)',' or (byte)'}')
            return new(FrameType.Result, id, 0, Answer.Length + digits);
        try
        {
            return ReadAll(frame);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            throw new FrameException($"it is not JSON: {exception.Message.ReplaceLineEndings(" ")}");
        }
    }

    /// <summary>A reader of a whole frame.</summary>
    public static Utf8JsonReader Reader(ReadOnlySpan<byte> frame) => new(frame, Options);

    private static FrameHead ReadAll(ReadOnlySpan<byte> frame)
    {
        var reader = Reader(frame);
        var head = default(FrameHead);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) throw new FrameException("it is not a JSON object");
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var (isType, isId, isCall) = (reader.ValueTextEquals("type"u8), reader.ValueTextEquals("id"u8), reader.ValueTextEquals("call"u8));
            reader.Read();
            if (isType && reader.TokenType == JsonTokenType.String) head = head with { Type = FrameTypes.Of(ref reader) };
            else if (isId && reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var id)) head = head with { Id = id };
            else if (isCall && reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var call)) head = head with { Call = call };
            else if (isType || isId || isCall) throw new FrameException("its type, id or call is of the wrong kind");
            else reader.Skip();
        }

        if (reader.TokenType != JsonTokenType.EndObject || reader.Read()) throw new FrameException("it is not one JSON object");
        return head.Type == FrameType.Unknown ? throw new FrameException("its type is missing or unknown") : head;
    }
}
