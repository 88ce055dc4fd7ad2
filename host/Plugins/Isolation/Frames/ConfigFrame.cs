using System.Text.Json;
using Platform.Sdk;

namespace Platform.Host.Plugins.Isolation.Frames;

/// <summary>What a plugin is told when it starts, as it stands in <c>init</c> and <c>reload</c>.</summary>
internal static class ConfigFrame
{
    private static readonly FrameLimits All = new(MaxDepth: 60, MaxValues: 1_000_000);

    internal static void Write(Utf8JsonWriter json, PluginConfig config)
    {
        json.WritePropertyName("settings"u8);
        FrameValue.WriteMap(json, config.Settings);
        json.WritePropertyName("application"u8);
        FrameValue.WriteMap(json, config.Application);
        json.WriteString("config_path"u8, config.ConfigPath);
        json.WriteString("folder"u8, config.Folder);
    }

    internal static PluginConfig Read(ReceivedFrame frame, Func<string, (IPluginLog Log, IPluginHttp Http, IPageCache Pages)> powers, out string plugin)
    {
        var (settings, application, path, folder) = (new DataMap(), new DataMap(), "", "");
        plugin = "";
        var reader = frame.Reader();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (FrameMember.Is(ref reader, "plugin"u8)) plugin = FrameMember.Text(ref reader, 256);
            else if (FrameMember.Is(ref reader, "settings"u8)) new ValueReader(All).ReadInto(ref reader, settings);
            else if (FrameMember.Is(ref reader, "application"u8)) new ValueReader(All).ReadInto(ref reader, application);
            else if (FrameMember.Is(ref reader, "config_path"u8)) path = FrameMember.Text(ref reader, int.MaxValue);
            else if (FrameMember.Is(ref reader, "folder"u8)) folder = FrameMember.Text(ref reader, int.MaxValue);
            else FrameMember.Pass(ref reader);
        }

        var (log, http, pages) = powers(plugin);
        return new() { Settings = settings, Application = application, ConfigPath = path, Folder = folder, Log = log, Http = http, Pages = pages };
    }
}
