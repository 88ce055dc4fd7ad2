using System.Text.Json;
using Platform.Host.Plugins.Isolation.Frames;
using Platform.Sdk;

namespace Platform.Host.Plugins.Isolation;

/// <summary>What a plugin in a child says of itself in <c>ready</c>.</summary>
internal sealed record RemoteFacts(bool PageData, bool GlobalData, bool Api, MiddlewareSlot? Slot, bool Reloads, TimeSpan? Work, IReadOnlyList<(string Name, bool IsBlock)> Helpers)
{
    private const int MostHelpers = 1000;

    internal static RemoteFacts None { get; } = new(false, false, false, null, false, null, []);

    internal static void Write(Utf8JsonWriter json, PluginFacts facts)
    {
        json.WriteStartArray("gives"u8);
        if (facts.PageData) json.WriteStringValue("data_for"u8);
        if (facts.GlobalData) json.WriteStringValue("global_data"u8);
        if (facts.Api) json.WriteStringValue("api_dispatch"u8);
        if (facts.Middleware is { } slot) json.WriteStringValue(slot == MiddlewareSlot.BeforeCache ? "middleware:before_cache"u8 : "middleware:before_page"u8);
        if (facts.Reloads) json.WriteStringValue("reload"u8);
        json.WriteEndArray();
        if (facts.Work is { } interval) json.WriteNumber("work"u8, interval.TotalSeconds);
        json.WriteStartArray("helpers"u8);
        foreach (var helper in facts.Helpers)
        {
            json.WriteStartObject();
            json.WriteString("name"u8, helper.Name);
            if (helper.IsBlock) json.WriteBoolean("block"u8, true);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    internal static RemoteFacts Read(ReceivedFrame frame)
    {
        var (gives, work, helpers) = (new List<string>(), (TimeSpan?)null, new List<(string, bool)>());
        var reader = frame.Reader();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (FrameMember.Is(ref reader, "gives"u8)) gives = FrameMember.Texts(ref reader, 32);
            else if (FrameMember.Is(ref reader, "work"u8)) work = FrameMember.Seconds(ref reader);
            else if (FrameMember.Is(ref reader, "helpers"u8)) helpers = ReadHelpers(ref reader);
            else FrameMember.Pass(ref reader);
        }

        MiddlewareSlot? slot = gives.Contains("middleware:before_cache") ? MiddlewareSlot.BeforeCache : gives.Contains("middleware:before_page") ? MiddlewareSlot.BeforePage : null;
        return new(gives.Contains("data_for"), gives.Contains("global_data"), gives.Contains("api_dispatch"), slot, gives.Contains("reload"), PluginFacts.Checked(work), helpers);
    }

    /// <summary>True where what the server has built upon is as it was.</summary>
    internal bool IsAsBefore(RemoteFacts before) => this with { Helpers = before.Helpers } == before && Helpers.SequenceEqual(before.Helpers);

    private static List<(string Name, bool IsBlock)> ReadHelpers(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartArray) throw new FrameException("the helpers are no list");
        var helpers = new List<(string, bool)>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.StartObject || helpers.Count == MostHelpers) throw new FrameException($"a helper is no map with a name, or there are more than {MostHelpers}");
            var (name, isBlock) = ("", false);
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                if (FrameMember.Is(ref reader, "name"u8)) name = FrameMember.Text(ref reader, 256);
                else if (FrameMember.Is(ref reader, "block"u8)) isBlock = FrameMember.Flag(ref reader);
                else FrameMember.Pass(ref reader);
            }

            helpers.Add((name, isBlock));
        }

        return helpers;
    }
}
