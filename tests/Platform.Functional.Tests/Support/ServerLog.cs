using System.Text;
using System.Text.RegularExpressions;

namespace Platform.Functional.Tests;

/// <summary>What a server has printed, and who waits for it to print something.</summary>
public sealed class ServerLog
{
    private readonly Lock change = new();
    private readonly List<string> lines = [];
    private readonly List<(Regex Pattern, TaskCompletionSource<string> Seen)> waiting = [];
    private bool isEnded;

    /// <summary>The lines so far; a place to wait from.</summary>
    internal int Count
    {
        get
        {
            lock (change) return lines.Count;
        }
    }

    internal IReadOnlyList<string> Lines
    {
        get
        {
            lock (change) return [.. lines];
        }
    }

    internal string Tail => string.Join('\n', Lines.TakeLast(40));

    internal IEnumerable<string> Matching(string pattern) => Lines.Where(line => Regex.IsMatch(line, pattern));

    /// <summary>The first line from <paramref name="from"/> on that matches; waits for it.</summary>
    internal async Task<string> WaitForAsync(string pattern, int from = 0)
    {
        var seen = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        var regex = new Regex(pattern);
        lock (change)
        {
            if (lines.Skip(from).FirstOrDefault(line => regex.IsMatch(line)) is { } line) return line;
            if (isEnded) Assert.Fail($"The server ended without printing a line like \"{pattern}\". Its last lines:\n{Tail}");
            waiting.Add((regex, seen));
        }

        try
        {
            return await seen.Task.WaitAsync(Eventually.Limit);
        }
        catch (TimeoutException)
        {
            Assert.Fail($"The server printed no line like \"{pattern}\" within {Eventually.Limit.TotalSeconds} s. Its last lines:\n{Tail}");
            throw;
        }
    }

    /// <summary>Takes in all that a stream holds. Only a line feed ends a line, so that a stray control character is seen.</summary>
    internal async Task ReadAsync(StreamReader stream)
    {
        var (buffer, rest) = (new char[4096], new StringBuilder());
        for (int count; (count = await stream.ReadAsync(buffer)) > 0;)
        {
            foreach (var c in buffer.AsMemory(0, count).ToArray())
            {
                if (c != '\n')
                {
                    rest.Append(c);
                    continue;
                }

                Add(rest.ToString());
                rest.Clear();
            }
        }

        if (rest.Length > 0) Add(rest.ToString());
    }

    internal void End()
    {
        lock (change)
        {
            isEnded = true;
            foreach (var (pattern, seen) in waiting) seen.TrySetException(new InvalidOperationException($"The server ended without printing a line like \"{pattern}\". Its last lines:\n{Tail}"));
        }
    }

    private void Add(string line)
    {
        lock (change)
        {
            lines.Add(line);
            foreach (var (_, seen) in waiting.Where(w => w.Pattern.IsMatch(line))) seen.TrySetResult(line);
            waiting.RemoveAll(w => w.Seen.Task.IsCompleted);
        }
    }
}
