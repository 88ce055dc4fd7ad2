using System.Text.Json;
using Platform.Sdk;

namespace Platform.Host.Plugins.Isolation.Frames;

/// <summary>The parts of a request as frames name them: <c>read</c> of an answer, <c>wants</c> of a plugin.</summary>
internal static class RequestParts
{
    /// <summary>What is sent only to those who want it.</summary>
    internal const RequestPart Asked = RequestPart.Headers | RequestPart.Body | RequestPart.ClientAddress | RequestPart.RequestId;

    /// <summary>What is always sent.</summary>
    internal const RequestPart Always = RequestPart.Path | RequestPart.Query | RequestPart.User;

    private static readonly (RequestPart Part, JsonEncodedText Word)[] Words =
    [
        (RequestPart.Path, JsonEncodedText.Encode("path")),
        (RequestPart.Query, JsonEncodedText.Encode("query")),
        (RequestPart.Headers, JsonEncodedText.Encode("headers")),
        (RequestPart.Body, JsonEncodedText.Encode("body")),
        (RequestPart.ClientAddress, JsonEncodedText.Encode("client_address")),
        (RequestPart.User, JsonEncodedText.Encode("user")),
        (RequestPart.RequestId, JsonEncodedText.Encode("request_id")),
    ];

    internal static void Write(Utf8JsonWriter json, ReadOnlySpan<byte> name, RequestPart parts)
    {
        json.WriteStartArray(name);
        foreach (var (part, word) in Words)
        {
            if ((parts & part) != 0) json.WriteStringValue(word);
        }

        json.WriteEndArray();
    }

    /// <summary>The list that the reader stands at.</summary>
    internal static RequestPart Read(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartArray) throw new FrameException("the parts of the request are no list");
        var parts = RequestPart.None;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            var part = RequestPart.None;
            foreach (var (known, word) in Words)
            {
                if (reader.TokenType == JsonTokenType.String && reader.ValueTextEquals(word.EncodedUtf8Bytes)) part = known;
            }

            if (part == RequestPart.None) throw new FrameException($"a part of the request is unknown; expected some of {string.Join(", ", Words.Select(known => known.Word))}");
            parts |= part;
        }

        return parts;
    }

    /// <summary>Marks parts as read on the request that the host handed out.</summary>
    internal static void Mark(RequestParameter request, RequestPart parts)
    {
        if ((parts & RequestPart.Path) != 0) _ = request.Path;
        if ((parts & RequestPart.Query) != 0) _ = request.Query;
        if ((parts & RequestPart.Headers) != 0) _ = request.Headers;
        if ((parts & RequestPart.Body) != 0) _ = request.Body;
        if ((parts & RequestPart.ClientAddress) != 0) _ = request.ClientAddress;
        if ((parts & RequestPart.User) != 0) _ = request.User;
        if ((parts & RequestPart.RequestId) != 0) _ = request.RequestId;
    }
}
