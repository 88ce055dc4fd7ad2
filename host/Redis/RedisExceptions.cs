namespace Platform.Host.Redis;

/// <summary>Redis has answered with an error: it is there, but does not do what it was asked to.</summary>
public sealed class RedisServerException : Exception
{
    private const int LongestMessage = 512;

    /// <summary>An error as Redis wrote it.</summary>
    /// <param name="text">Its code, a space, a sentence. What is too long for a line of a log is cut off, and control characters become spaces.</param>
    public RedisServerException(string text)
        : base(Shown(text))
    {
    }

    /// <summary>The error's first word: <c>WRONGTYPE</c>, <c>READONLY</c>, <c>OOM</c>, <c>NOAUTH</c>, <c>LOADING</c>, <c>MOVED</c>, <c>ERR</c>.</summary>
    public string Code => Message.Split(' ', 2)[0];

    private static string Shown(string text) =>
        string.Create(Math.Min(text.Length, LongestMessage), text, static (shown, text) =>
        {
            for (var i = 0; i < shown.Length; i++) shown[i] = char.IsControl(text[i]) ? ' ' : text[i];
        });
}

/// <summary>What was received is not what Redis writes, or more than was asked for. The connection it came on is of no use any more.</summary>
/// <param name="message">What was found; what was expected.</param>
public sealed class RedisProtocolException(string message) : Exception(message);

/// <summary>A command has no answer: its connection is lost, or has too many others to answer. Whether it was carried out is not known.</summary>
/// <param name="message">Why.</param>
/// <param name="inner">What ended the connection; null where it is not lost.</param>
public sealed class RedisConnectionException(string message, Exception? inner = null) : IOException(message, inner);
