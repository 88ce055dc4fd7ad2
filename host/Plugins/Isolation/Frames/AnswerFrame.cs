using System.Text.Json;
using Platform.Host.Plugins.Isolation.Child;
using Platform.Sdk;

namespace Platform.Host.Plugins.Isolation.Frames;

/// <summary>An answer of a plugin in a frame, and what of the request it was made from.</summary>
/// <param name="Value">The answer; null: not mine.</param>
/// <param name="Read">The parts that were read; null where the plugin does not say.</param>
internal readonly record struct Answer<T>(T? Value, RequestReads? Read)
    where T : class;

/// <summary>Answers as they stand in a <c>result</c>: a page's data, an API call's answer, a middleware's.</summary>
internal static class AnswerFrame
{
    internal static void Write(Utf8JsonWriter json, PageData? data, RequestReads read)
    {
        RequestParts.Write(json, "read"u8, read);
        if (data is null) return;
        if (data.Template is { } template) json.WriteString("template"u8, template);
        if (data.Tags.Count > 0)
        {
            json.WriteStartArray("tags"u8);
            foreach (var tag in data.Tags) json.WriteStringValue(tag);
            json.WriteEndArray();
        }

        if (data.Files is { } files)
        {
            json.WriteStartArray("files"u8);
            foreach (var file in files) json.WriteStringValue(file);
            json.WriteEndArray();
        }

        if (data.TimeToLive is { } life) json.WriteNumber("ttl"u8, life.TotalSeconds);
        if (data.Status is { } status) json.WriteNumber("status"u8, status);
        WriteHeaders(json, data.Headers);
        json.WritePropertyName("data"u8);
        KnownValues.WriteMap(json, data);
    }

    internal static void Write(Utf8JsonWriter json, ApiResult? answer, RequestReads read)
    {
        RequestParts.Write(json, "read"u8, read);
        if (answer is null) return;
        json.WriteNumber("status"u8, answer.Status);
        WriteHeaders(json, answer.Headers);
        if (answer.Code is { } code)
        {
            json.WriteString("code"u8, code);
            json.WriteString("message"u8, answer.Message);
            if (answer.Redirect is { } redirect) json.WriteString("redirect"u8, redirect);
        }
        else
        {
            json.WritePropertyName("value"u8);
            FrameValue.Write(json, answer.Value);
        }
    }

    internal static void Write(Utf8JsonWriter json, MiddlewareResult? answer, RequestReads read)
    {
        RequestParts.Write(json, "read"u8, read);
        if (answer is null) return;
        WriteHeaders(json, answer.Headers);
        if (answer.Status is not { } status)
        {
            json.WriteBoolean("continue"u8, true);
            return;
        }

        json.WriteNumber("status"u8, status);
        if (answer.Location is { } location) json.WriteString("location"u8, location);
        json.WriteString("body"u8, answer.Body);
        json.WriteString("content_type"u8, answer.ContentType);
    }

    internal static Answer<PageData> ReadPage(ReceivedFrame frame, FrameLimits limits)
    {
        PageData? data = null;
        RequestReads? read = null;
        string? template = null;
        List<string>? tags = null;
        List<string>? files = null;
        TimeSpan? ttl = null;
        int? status = null;
        Dictionary<string, string>? headers = null;
        var reader = frame.Reader();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (FrameMember.Is(ref reader, "data"u8)) data = Data(ref reader, limits);
            else if (FrameMember.Is(ref reader, "read"u8)) read = RequestParts.Read(ref reader);
            else if (FrameMember.Is(ref reader, "template"u8)) template = FrameMember.TextOrNull(ref reader, AnswerLimits.Name);
            else if (FrameMember.Is(ref reader, "tags"u8)) tags = FrameMember.Texts(ref reader, AnswerLimits.Tags);
            else if (FrameMember.Is(ref reader, "files"u8)) files = reader.TokenType == JsonTokenType.Null ? null : FrameMember.Texts(ref reader, AnswerLimits.Tags);
            else if (FrameMember.Is(ref reader, "ttl"u8)) ttl = FrameMember.Seconds(ref reader);
            else if (FrameMember.Is(ref reader, "status"u8)) status = reader.TokenType == JsonTokenType.Null ? null : FrameMember.Whole(ref reader);
            else if (FrameMember.Is(ref reader, "headers"u8)) headers = FrameMember.TextMap(ref reader, StringComparer.OrdinalIgnoreCase, AnswerLimits.Headers);
            else FrameMember.Pass(ref reader);
        }

        if (data is null) return new(null, read);
        (data.Template, data.Status) = (template, status);
        if (tags is not null) data.Tags = tags;
        data.Files = files;
        if (headers is not null) data.Headers = headers;
        if (ttl is not null) data.TimeToLive = ttl;
        data.Freeze();
        return new(data, read);
    }

    internal static Answer<ApiResult> ReadApi(ReceivedFrame frame, FrameLimits limits)
    {
        object? value = null;
        RequestReads? read = null;
        int? status = null;
        string? code = null, message = null, redirect = null;
        Dictionary<string, string>? headers = null;
        var isAnswer = false;
        var reader = frame.Reader();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (FrameMember.Is(ref reader, "value"u8)) (value, isAnswer) = (Value(ref reader, limits), true);
            else if (FrameMember.Is(ref reader, "read"u8)) read = RequestParts.Read(ref reader);
            else if (FrameMember.Is(ref reader, "status"u8)) status = FrameMember.Whole(ref reader);
            else if (FrameMember.Is(ref reader, "code"u8)) code = FrameMember.Text(ref reader, AnswerLimits.Word);
            else if (FrameMember.Is(ref reader, "message"u8)) message = FrameMember.Text(ref reader, AnswerLimits.Text);
            else if (FrameMember.Is(ref reader, "redirect"u8)) redirect = FrameMember.TextOrNull(ref reader, AnswerLimits.Url);
            else if (FrameMember.Is(ref reader, "headers"u8)) headers = FrameMember.TextMap(ref reader, StringComparer.OrdinalIgnoreCase, AnswerLimits.Headers);
            else FrameMember.Pass(ref reader);
        }

        if (code is null && !isAnswer) return new(null, read);
        var answer = code is not null ? ApiResult.Fail(status ?? 500, code, message ?? "", redirect, headers) : ApiResult.Ok(value is Html html ? html.Text : value, status ?? 200, headers);
        return new(answer, read);
    }

    internal static Answer<MiddlewareResult> ReadMiddleware(ReceivedFrame frame)
    {
        RequestReads? read = null;
        int? status = null;
        string? location = null, contentType = null;
        var (body, isAnswer) = ("", false);
        Dictionary<string, string>? headers = null;
        var reader = frame.Reader();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (FrameMember.Is(ref reader, "read"u8)) read = RequestParts.Read(ref reader);
            else if (FrameMember.Is(ref reader, "continue"u8)) isAnswer |= FrameMember.Flag(ref reader);
            else if (FrameMember.Is(ref reader, "status"u8)) (status, isAnswer) = (FrameMember.Whole(ref reader), true);
            else if (FrameMember.Is(ref reader, "location"u8)) location = FrameMember.TextOrNull(ref reader, AnswerLimits.Url);
            else if (FrameMember.Is(ref reader, "body"u8)) body = FrameMember.Text(ref reader, AnswerLimits.Text);
            else if (FrameMember.Is(ref reader, "content_type"u8)) contentType = FrameMember.TextOrNull(ref reader, AnswerLimits.Word);
            else if (FrameMember.Is(ref reader, "headers"u8)) headers = FrameMember.TextMap(ref reader, StringComparer.OrdinalIgnoreCase, AnswerLimits.Headers);
            else FrameMember.Pass(ref reader);
        }

        if (!isAnswer) return new(null, read);
        if (status is not { } code) return new(MiddlewareResult.Continue(headers ?? []), read);
        return new(location is not null ? MiddlewareResult.Redirect(location, code, headers) : MiddlewareResult.Answer(code, body, contentType ?? "text/plain; charset=utf-8", headers), read);
    }

    private static PageData? Data(ref Utf8JsonReader reader, FrameLimits limits)
    {
        if (reader.TokenType == JsonTokenType.Null) return null;
        if (reader.TokenType != JsonTokenType.StartObject) throw new FrameException("the data are no map");
        var data = new PageData();
        return new ValueReader(limits).ReadInto(ref reader, data) is null ? data : throw new FrameException("the data are a mark; expected a map");
    }

    private static object? Value(ref Utf8JsonReader reader, FrameLimits limits) => new ValueReader(limits).Read(ref reader);

    private static void WriteHeaders(Utf8JsonWriter json, IReadOnlyDictionary<string, string> headers)
    {
        if (headers.Count == 0) return;
        json.WriteStartObject("headers"u8);
        foreach (var (name, value) in headers) json.WriteString(name, value);
        json.WriteEndObject();
    }
}
