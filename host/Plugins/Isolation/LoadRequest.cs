using System.Text.Json;
using Platform.Host.Plugins.Isolation.Frames;

namespace Platform.Host.Plugins.Isolation;

/// <summary>The first that a process is asked: to load code, and to name the plugins in it.</summary>
internal static class LoadRequest
{
    /// <summary>Has a process load a source's code.</summary>
    /// <exception cref="PluginStartException">It can't.</exception>
    internal static (List<string> Names, string Version) Ask(PluginConnection to, PluginSource source, ChildPlan plan, TimeSpan within)
    {
        var call = to.BeginServed();
        var frame = FrameBuffer.Begin(FrameType.Load.Word(), call.Id);
        frame.Json.WriteString("name"u8, source.Name);
        frame.Json.WriteString("folder"u8, source.Folder);
        if (plan.Isolation == PluginIsolation.Process) WriteAssembly(frame.Json, source);
        frame.Json.WriteNumber("concurrency"u8, plan.Concurrency);
        frame.Json.WriteNumber("max_frame"u8, plan.Answers.MaxFrame);
        if (!to.TrySend(call, frame)) throw new RemoteException("its process ended as soon as it was started");
        using var answer = call.Next(within) ?? throw new PluginStartException($"loading it did not end within {within.TotalSeconds:0} s.");
        ErrorFrame.ThrowIfError(to, answer);
        return ErrorFrame.Understood(to, answer, Read);
    }

    private static void WriteAssembly(Utf8JsonWriter json, PluginSource source)
    {
        json.WriteString("assembly"u8, source.AssemblyPath);
        json.WriteString("fingerprint"u8, source.Fingerprint);
        if (source.IsBare) json.WriteBoolean("bare"u8, true);
    }

    private static (List<string> Names, string Version) Read(ReceivedFrame answer)
    {
        var (names, version) = (new List<string>(), "0");
        var reader = answer.Reader();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (FrameMember.Is(ref reader, "plugins"u8)) names = FrameMember.Texts(ref reader, 100);
            else if (FrameMember.Is(ref reader, "version"u8)) version = FrameMember.Text(ref reader, 256);
            else FrameMember.Pass(ref reader);
        }

        return names.Count > 0 ? (names, version) : throw new FrameException("it names no plugin; expected at least one");
    }
}
