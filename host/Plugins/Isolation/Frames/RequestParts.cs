using System.Text.Json;
using Platform.Sdk;

namespace Platform.Host.Plugins.Isolation.Frames;

/// <summary>The parts of a request as frames name them: <c>read</c> of an answer, <c>wants</c> of a plugin. <c>query</c> is all of the query, <c>query:tag</c> one key of it.</summary>
internal static class RequestParts
{
    /// <summary>What is sent only to those who want it.</summary>
    internal const RequestPart Asked = RequestPart.Headers | RequestPart.Cookies | RequestPart.Body | RequestPart.ClientAddress | RequestPart.RequestId;

    /// <summary>What is always sent.</summary>
    internal const RequestPart Always = RequestPart.Path | RequestPart.Query | RequestPart.User;

    private const int MostWords = 200;

    private static readonly (RequestPart Part, string Word)[] Words =
    [
        (RequestPart.Path, "path"), (RequestPart.Query, "query"), (RequestPart.Headers, "headers"), (RequestPart.Cookies, "cookies"), (RequestPart.Body, "body"),
        (RequestPart.ClientAddress, "client_address"), (RequestPart.User, "user"), (RequestPart.RequestId, "request_id"),
    ];

    private static readonly (RequestPart Part, string Prefix)[] Prefixes = [(RequestPart.Query, "query:"), (RequestPart.Headers, "header:"), (RequestPart.Cookies, "cookie:")];

    internal static void Write(Utf8JsonWriter json, ReadOnlySpan<byte> name, RequestPart parts)
    {
        json.WriteStartArray(name);
        foreach (var (part, word) in Words)
        {
            if ((parts & part) != 0) json.WriteStringValue(word);
        }

        json.WriteEndArray();
    }

    internal static void Write(Utf8JsonWriter json, ReadOnlySpan<byte> name, RequestReads reads)
    {
        json.WriteStartArray(name);
        foreach (var (part, word) in Words)
        {
            if ((reads.Whole & part) != 0) json.WriteStringValue(word);
        }

        foreach (var (part, prefix) in Prefixes)
        {
            if ((reads.Parts & part) == 0 || (reads.Whole & part) != 0) continue;
            foreach (var one in reads.Names(part)) json.WriteStringValue(prefix + one);
        }

        json.WriteEndArray();
    }

    /// <summary>The list that the reader stands at.</summary>
    internal static RequestReads Read(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartArray) throw new FrameException("the parts of the request are no list");
        var (reads, count) = (new RequestReads(), 0);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (++count > MostWords) throw new FrameException($"the parts of the request are more than {MostWords}");
            var word = FrameMember.Text(ref reader, 512);
            if (!TryAdd(reads, word)) throw new FrameException($"a part of the request is unknown; expected some of {string.Join(", ", Words.Select(known => known.Word))}, or {string.Join(", ", Prefixes.Select(known => known.Prefix + "NAME"))}");
        }

        return reads;
    }

    private static bool TryAdd(RequestReads reads, string word)
    {
        foreach (var (part, known) in Words)
        {
            if (known != word) continue;
            reads.Add(part);
            return true;
        }

        foreach (var (part, prefix) in Prefixes)
        {
            if (!word.StartsWith(prefix, StringComparison.Ordinal)) continue;
            reads.Add(part, word[prefix.Length..]);
            return true;
        }

        return false;
    }
}
