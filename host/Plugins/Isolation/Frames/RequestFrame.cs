using System.Text.Json;
using Platform.Sdk;

namespace Platform.Host.Plugins.Isolation.Frames;

/// <summary>A request as it stands in a call's frame, member <c>request</c>. What is empty is left out.</summary>
internal static class RequestFrame
{
    /// <summary>Writes a request; reads a copy of it, so that nothing is marked as read.</summary>
    internal static void Write(Utf8JsonWriter json, RequestParameter request, RequestPart wants)
    {
        var copy = request.Fresh();
        json.WriteStartObject("request"u8);
        json.WriteString("http_method"u8, copy.HttpMethod);
        json.WriteString("path"u8, copy.Path);
        json.WriteString("url_path"u8, copy.UrlPath);
        WriteTexts(json, "route"u8, copy.RouteValues);
        WriteTexts(json, "query"u8, copy.Query);
        if (!copy.User.IsAnonymous) Write(json, copy.User);
        WriteText(json, "app"u8, copy.App);
        WriteText(json, "module"u8, copy.Module);
        WriteText(json, "method"u8, copy.Method);
        WriteText(json, "theme"u8, copy.Theme);
        WriteText(json, "tenant"u8, copy.Tenant);
        if ((wants & RequestPart.Headers) != 0) WriteTexts(json, "headers"u8, copy.Headers);
        if ((wants & RequestPart.Cookies) != 0) WriteTexts(json, "cookies"u8, copy.Cookies);
        if ((wants & RequestPart.Body) != 0 && !copy.Body.IsEmpty) json.WriteBase64String("body"u8, copy.Body.Span);
        if ((wants & RequestPart.ClientAddress) != 0) WriteText(json, "client_address"u8, copy.ClientAddress);
        if ((wants & RequestPart.RequestId) != 0) WriteText(json, "request_id"u8, copy.RequestId);
        json.WriteEndObject();
    }

    /// <summary>The request that the reader stands at.</summary>
    internal static RequestParameter Read(ref Utf8JsonReader reader)
    {
        string httpMethod = "GET", path = "/", urlPath = "/", app = "", module = "", method = "", theme = "", tenant = "", address = "", id = "";
        IReadOnlyDictionary<string, string> route = Nothing, query = Nothing, headers = Nothing, cookies = Nothing;
        var (user, body) = (User.Anonymous, Array.Empty<byte>());
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (Is(ref reader, "http_method"u8)) httpMethod = FrameText.Read(ref reader);
            else if (Is(ref reader, "path"u8)) path = FrameText.Read(ref reader);
            else if (Is(ref reader, "url_path"u8)) urlPath = FrameText.Read(ref reader);
            else if (Is(ref reader, "route"u8)) route = Texts(ref reader, StringComparer.Ordinal);
            else if (Is(ref reader, "query"u8)) query = Texts(ref reader, StringComparer.Ordinal);
            else if (Is(ref reader, "user"u8)) user = ReadUser(ref reader);
            else if (Is(ref reader, "app"u8)) app = FrameText.Read(ref reader);
            else if (Is(ref reader, "module"u8)) module = FrameText.Read(ref reader);
            else if (Is(ref reader, "method"u8)) method = FrameText.Read(ref reader);
            else if (Is(ref reader, "theme"u8)) theme = FrameText.ReadKey(ref reader);
            else if (Is(ref reader, "tenant"u8)) tenant = FrameText.ReadKey(ref reader);
            else if (Is(ref reader, "headers"u8)) headers = Texts(ref reader, StringComparer.OrdinalIgnoreCase);
            else if (Is(ref reader, "cookies"u8)) cookies = Texts(ref reader, StringComparer.Ordinal);
            else if (Is(ref reader, "body"u8)) body = reader.GetBytesFromBase64();
            else if (Is(ref reader, "client_address"u8)) address = FrameText.Read(ref reader);
            else if (Is(ref reader, "request_id"u8)) id = FrameText.Read(ref reader);
            else FrameMember.Pass(ref reader);
        }

        return new()
        {
            HttpMethod = httpMethod, Path = path, UrlPath = urlPath, RouteValues = route, Query = query, User = user, App = app, Module = module, Method = method,
            Theme = theme, Tenant = tenant, Headers = headers, Cookies = cookies, Body = body, ClientAddress = address, RequestId = id,
        };
    }

    private static IReadOnlyDictionary<string, string> Nothing { get; } = new Dictionary<string, string>();

    private static bool Is(ref Utf8JsonReader reader, ReadOnlySpan<byte> name) => FrameMember.Is(ref reader, name);

    private static void Write(Utf8JsonWriter json, User user)
    {
        json.WriteStartObject("user"u8);
        json.WriteString("id"u8, user.Id);
        json.WriteString("name"u8, user.Name);
        json.WriteStartArray("permissions"u8);
        foreach (var permission in user.Permissions) json.WriteStringValue(permission);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static User ReadUser(ref Utf8JsonReader reader)
    {
        var (id, name, permissions) = ("-", "", new List<string>());
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (Is(ref reader, "id"u8)) id = FrameText.Read(ref reader);
            else if (Is(ref reader, "name"u8)) name = FrameText.Read(ref reader);
            else if (Is(ref reader, "permissions"u8)) permissions = FrameMember.Texts(ref reader, int.MaxValue);
            else FrameMember.Pass(ref reader);
        }

        return new(id, name, permissions);
    }

    private static void WriteText(Utf8JsonWriter json, ReadOnlySpan<byte> name, string value)
    {
        if (value.Length > 0) json.WriteString(name, value);
    }

    private static void WriteTexts(Utf8JsonWriter json, ReadOnlySpan<byte> name, IReadOnlyDictionary<string, string> values)
    {
        if (values.Count == 0) return;
        json.WriteStartObject(name);
        foreach (var (key, value) in values) json.WriteString(key, value);
        json.WriteEndObject();
    }

    private static Dictionary<string, string> Texts(ref Utf8JsonReader reader, StringComparer comparer) => FrameMember.TextMap(ref reader, comparer, int.MaxValue);
}
