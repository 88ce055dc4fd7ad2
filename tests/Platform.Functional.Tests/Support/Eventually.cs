using System.Diagnostics;

namespace Platform.Functional.Tests;

/// <summary>Waits until something holds, and says what it was waiting for when it does not.</summary>
internal static class Eventually
{
    internal static TimeSpan Limit { get; } = TimeSpan.FromSeconds(20);

    private static TimeSpan Pause { get; } = TimeSpan.FromMilliseconds(25);

    /// <summary>Asks until <paramref name="isSo"/> holds of the answer.</summary>
    internal static async Task<T> Async<T>(string sentence, Func<Task<T>> ask, Func<T, bool> isSo)
    {
        var watch = Stopwatch.StartNew();
        while (true)
        {
            var answer = await ask();
            if (isSo(answer)) return answer;
            if (watch.Elapsed > Limit) Assert.Fail($"{sentence}: not so after {Limit.TotalSeconds} s; the last answer was: {answer}");
            await Task.Delay(Pause);
        }
    }
}
