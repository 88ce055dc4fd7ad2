using System.Text.Json;

namespace Platform.Host.Plugins.Isolation.Frames;

/// <summary>What a frame is.</summary>
public enum FrameType
{
    /// <summary>None of these.</summary>
    Unknown,

    /// <summary>Child: who it is.</summary>
    Hello,

    /// <summary>Host: load a plugin's code.</summary>
    Load,

    /// <summary>Child: it is loaded.</summary>
    Loaded,

    /// <summary>Host: start a plugin.</summary>
    Init,

    /// <summary>Child: it is started.</summary>
    Ready,

    /// <summary>Host: a page's data.</summary>
    DataFor,

    /// <summary>Host: data for every page.</summary>
    GlobalData,

    /// <summary>Host: an API call.</summary>
    ApiDispatch,

    /// <summary>Host: look at a request.</summary>
    Middleware,

    /// <summary>Host: take over changed settings.</summary>
    Reload,

    /// <summary>Host: a turn of background work.</summary>
    Work,

    /// <summary>Host: a helper of a template.</summary>
    Helper,

    /// <summary>Host: the plugin goes.</summary>
    Dispose,

    /// <summary>Host: nobody waits for a call any more.</summary>
    Cancel,

    /// <summary>Child: a call's answer.</summary>
    Result,

    /// <summary>Child: a call failed.</summary>
    Error,

    /// <summary>Child: render a part of a block.</summary>
    Render,

    /// <summary>Host: it is rendered.</summary>
    Rendered,

    /// <summary>Child: what <c>this</c> is where a helper is called.</summary>
    Context,

    /// <summary>Child: a line for the log.</summary>
    Log,

    /// <summary>Child: drop stored pages.</summary>
    Purge,

    /// <summary>Host: they are dropped.</summary>
    Purged,
}

/// <summary>The words for the types.</summary>
public static class FrameTypes
{
    /// <summary>In their order. Written out: making them of the names had a starting process compile some twenty methods.</summary>
    private static readonly JsonEncodedText[] Words = Encoded(
        "unknown", "hello", "load", "loaded", "init", "ready", "data_for", "global_data", "api_dispatch", "middleware", "reload", "work", "helper",
        "dispose", "cancel", "result", "error", "render", "rendered", "context", "log", "purge", "purged");

    /// <summary>The word as it stands in a frame.</summary>
    public static JsonEncodedText Word(this FrameType type) => Words[(int)type];

    private static JsonEncodedText[] Encoded(params string[] words) => Array.ConvertAll(words, static word => JsonEncodedText.Encode(word, FrameBuffer.Encoder));

    internal static FrameType Of(ref Utf8JsonReader reader)
    {
        for (var i = 1; i < Words.Length; i++)
        {
            if (reader.ValueTextEquals(Words[i].EncodedUtf8Bytes)) return (FrameType)i;
        }

        return FrameType.Unknown;
    }
}
