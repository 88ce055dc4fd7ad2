using System.Text.Json;
using Platform.Host.Plugins.Isolation.Frames;

namespace Platform.Host.Plugins.Isolation;

/// <summary>Failures in frames, and frames that are failures.</summary>
internal static class ErrorFrame
{
    private const int LongestMessage = 4096;
    private const int LongestDetail = 16 * 1024;

    /// <summary>Writes why a call failed.</summary>
    internal static FrameBuffer Of(long id, Exception exception)
    {
        var frame = FrameBuffer.Begin(FrameType.Error.Word(), id);
        // Said of the call a helper was given, it is the template's mistake; a refusal to start is in the host's words already.
        var isArgument = exception.GetType() == typeof(ArgumentException);
        if (isArgument) frame.Json.WriteString("kind"u8, "argument"u8);
        else if (exception is PluginStartException) frame.Json.WriteString("kind"u8, "start"u8);
        frame.Json.WriteString("message"u8, Cut(isArgument ? exception.Message : PluginException.MessageOf(exception), LongestMessage));
        frame.Json.WriteString("detail"u8, Cut(PluginException.Of(exception).Message, LongestDetail));
        return frame;
    }

    /// <summary>Throws what the child says has gone wrong.</summary>
    /// <exception cref="RemoteException">The call failed.</exception>
    /// <exception cref="ArgumentException">A helper says that its call is wrong.</exception>
    /// <exception cref="PluginStartException">A plugin is refused.</exception>
    internal static void ThrowIfError(PluginConnection connection, ReceivedFrame frame)
    {
        if (frame.Head.Type != FrameType.Error) return;
        throw Understood(connection, frame, Read);
    }

    /// <summary>Reads a frame; one that is not understood is counted, and fails the call.</summary>
    internal static T Understood<T>(PluginConnection connection, ReceivedFrame frame, Func<ReceivedFrame, T> read)
    {
        try
        {
            return read(frame);
        }
        catch (FrameException exception) when (exception.IsLimit)
        {
            throw new RemoteException($"its answer is too large: {exception.Message}");
        }
        catch (Exception exception) when (exception is FrameException or JsonException or InvalidOperationException or ArgumentException or FormatException)
        {
            connection.Refuse(exception.Message);
            throw new RemoteException($"its answer is not understood: {exception.Message.ReplaceLineEndings(" ")}");
        }
    }

    private static Exception Read(ReceivedFrame frame)
    {
        var (kind, message, detail) = ("", "no reason given", (string?)null);
        var reader = frame.Reader();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (FrameMember.Is(ref reader, "kind"u8)) kind = FrameMember.Text(ref reader, 64);
            else if (FrameMember.Is(ref reader, "message"u8)) message = Cut(FrameMember.Text(ref reader, int.MaxValue), LongestMessage);
            else if (FrameMember.Is(ref reader, "detail"u8)) detail = FrameMember.TextOrNull(ref reader, int.MaxValue) is { } text ? Cut(text, LongestDetail) : null;
            else FrameMember.Pass(ref reader);
        }

        return kind switch
        {
            "argument" => new ArgumentException(message),
            "start" => new PluginStartException(message.ReplaceLineEndings(" ")),
            _ => new RemoteException(message.ReplaceLineEndings(" "), detail),
        };
    }

    private static string Cut(string text, int longest) => text.Length <= longest ? text : text[..longest] + "…";
}
